import { inspect } from 'node:util'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { Secret } from './secret.ts'

const secret = new Secret('hunter2')

test('a secret is told to whoever asks for it', () => {
  expect(secret.reveal()).toBe('hunter2')
})

test('a secret is in no log, JSON, text or inspection, alone or inside something', () => {
  const lines: string[] = []
  const log = pino({}, { write: (line: string) => void lines.push(line) })
  log.info({ secret, inner: { secret }, err: new Error(`${secret}`) }, String(secret))
  const told = [
    ...lines,
    JSON.stringify({ secret }),
    `${secret}`,
    [secret].join(),
    inspect({ deep: [{ secret }] }, { depth: 9, showHidden: true }),
    JSON.stringify(structuredClone({ secret })),
    Object.values(secret).join(),
  ]
  expect(told.join('\n')).not.toContain('hunter2')
  expect(lines[0]).toContain('"secret":"[secret]"')
})
