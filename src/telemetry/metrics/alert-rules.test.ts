import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { createMetrics } from './metrics.ts'

const rulesSchema = z.object({
  groups: z.array(
    z.object({
      name: z.string(),
      rules: z
        .array(
          z.strictObject({
            alert: z.string().regex(/^Sidegate\w+$/),
            expr: z.string(),
            for: z.string().optional(),
            annotations: z.object({ summary: z.string() }),
          }),
        )
        .min(1),
    }),
  ),
})

const oldestUnsent = { mails: undefined, calls: undefined, messages: undefined }

test('the alert rules of the documentation use metrics and labels that the server has', async () => {
  const file = join(import.meta.dirname, '..', '..', '..', 'docs', 'prometheus-alerts.yaml')
  const { groups } = rulesSchema.parse(parse(readFileSync(file, 'utf8')))
  const metrics = createMetrics(
    {
      feedReaders: () => 0,
      waitingPasswords: () => 0,
      waitingScripts: () => 0,
      canSave: async () => undefined,
      database: () => ({ used: 0, idle: 0, waiting: 0 }),
      openTransactions: async () => ({}),
      outboxes: async () => ({ mails: 0 }),
      waitingAudit: async () => 0,
      figures: async () => ({ bytes: {}, lastBackupAt: undefined, oldestUnsent }),
      now: () => 0,
    },
    () => undefined,
  )
  const known = new Set(
    [...(await metrics.read()).matchAll(/^# TYPE (\S+) (\S+)/gm)].flatMap(([, name = '', type]) =>
      type === 'histogram' ? [`${name}_count`, `${name}_bucket`, `${name}_sum`] : [name],
    ),
  )
  const used = groups.flatMap(({ rules }) => rules.flatMap(({ expr }) => expr.match(/sidegate_\w+/g) ?? []))
  expect(used.filter((name) => !known.has(name))).toEqual([])
})
