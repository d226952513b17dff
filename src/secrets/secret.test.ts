import { inspect } from 'node:util'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { Secret } from './secret.ts'

const secret = new Secret('hunter2')

test('reveal returns the secret', () => {
  expect(secret.reveal()).toBe('hunter2')
})

test('a secret never appears in logs, JSON, strings or inspection, even nested', () => {
  const lines: string[] = []
  const log = pino({}, { write: (line: string) => void lines.push(line) })
  log.info({ secret, inner: { secret }, err: new Error(`${secret}`) }, String(secret))
  const outputs = [
    ...lines,
    JSON.stringify({ secret }),
    `${secret}`,
    [secret].join(),
    inspect({ deep: [{ secret }] }, { depth: 9, showHidden: true }),
    JSON.stringify(structuredClone({ secret })),
    Object.values(secret).join(),
  ]
  expect(outputs.join('\n')).not.toContain('hunter2')
  expect(lines[0]).toContain('"secret":"[secret]"')
})
