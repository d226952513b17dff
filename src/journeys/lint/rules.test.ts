import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { rules } from './rules.ts'

test('every rule has a file with its name, and is in the list once', () => {
  const files = readdirSync(join(import.meta.dirname, 'rules')).filter((file) => !file.endsWith('.test.ts'))
  expect(rules.map(({ id }) => `${id}.ts`).toSorted()).toEqual(files.toSorted())
})

test.each(rules)('$id explains what, why and the remedy in sentences', ({ what, why, remedy }) => {
  for (const sentence of [what, why, remedy]) expect(sentence).toMatch(/^[A-Z].*\.$/)
})
