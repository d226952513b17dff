import { expect, test } from 'vitest'
import {
  collected,
  dayMs,
  inactiveKim,
  laptop,
  metadata,
  notCollected,
  now,
} from '../../test/device-profile-fakes.ts'
import { outcomeOf, runNode } from '../../test/run-node.ts'
import { deviceMatch as node } from './device-match.ts'
import type { ScriptPort, ScriptRequest } from './ports.ts'

const newer = { platform: { deviceName: 'Laptop', version: 2 } }

test.each([
  ['true', metadata, {}, laptop],
  ['false', newer, {}, laptop],
  ['true', newer, { acceptableVariance: 1 }, laptop],
  ['false', metadata, {}, { ...laptop, lastSelectedDate: now - 31 * dayMs }],
  ['true', metadata, { expiration: 40 }, { ...laptop, lastSelectedDate: now - 31 * dayMs }],
  ['unknownDevice', metadata, {}, { ...laptop, uuid: 'device-2' }],
])('it leaves by %s', async (outcome, told, config, held) => {
  const { saved, given } = collected({ metadata: told }, [held])
  expect(outcomeOf((await runNode(node, { ...given, config })).action)).toBe(outcome)
  const isRecent = held.uuid === 'device-1' && held.lastSelectedDate > now - 30 * dayMs
  if (isRecent) expect(saved.profile?.[0]).toMatchObject({ lastSelectedDate: now })
})

test('a device whose metadata were not kept is unknown', async () => {
  const { metadata: _not, ...bare } = laptop
  const { given } = collected({ metadata }, [bare as typeof laptop])
  expect(outcomeOf((await runNode(node, given)).action)).toBe('unknownDevice')
})

test('it needs what was collected, and a person who may sign in', async () => {
  expect((await runNode(node, collected({}).given)).action).toEqual(notCollected('metadata'))
  const { given } = collected({ metadata })
  const ports = { ...given.ports, identities: inactiveKim }
  expect((await runNode(node, { ...given, ports })).action).toMatchObject({ kind: 'error' })
})

test('a script may decide, for one of the outcomes', async () => {
  const asked: ScriptRequest[] = []
  const deciding = (outcome: string): ScriptPort => ({
    async run(request) {
      asked.push(request)
      return { action: undefined, outcome, config: undefined, auditDetail: undefined }
    },
  })
  const { given } = collected({ metadata })
  const run = (outcome: string) => {
    const ports = { ...given.ports, scripts: deciding(outcome) }
    return runNode(node, { ...given, ports, config: { useScript: true, script: 'mine' } })
  }
  expect(outcomeOf((await run('unknownDevice')).action)).toBe('unknownDevice')
  expect((await run('maybe')).action).toMatchObject({ kind: 'error' })
  expect(asked[0]).toEqual({ script: 'mine', as: 'decision', inputs: ['*'] })
})
