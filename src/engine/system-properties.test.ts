import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { systemProperties } from './system-properties.ts'

test('the sandbox denies scripts the same session properties as nodes', () => {
  const binding = readFileSync(new URL('../sandbox/bindings/action.js', import.meta.url), 'utf8')
  const list = /systemProperties = \(([^)]*)\)\.split/.exec(binding)?.[1] ?? ''
  const names = list.match(/[A-Za-z.]+/g) ?? []
  expect(new Set(names)).toEqual(systemProperties)
})
