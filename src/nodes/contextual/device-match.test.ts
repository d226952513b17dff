import { expect, test } from 'vitest'
import {
  collected,
  dayMs,
  inactiveKim,
  laptop,
  metadata,
  notCollected,
  now,
} from '../../../test/support/device-profile-fakes.ts'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { goTo, send } from '../../engine/action.ts'
import { callback } from '../../engine/callbacks.ts'
import { ScriptFailure, type ScriptOutcome, type ScriptPort, type ScriptRequest } from '../ports/ports.ts'
import { deviceMatch as node } from './device-match.ts'

const newer = { platform: { deviceName: 'Laptop', version: 2 } }

test.each([
  ['true', metadata, {}, laptop],
  ['false', newer, {}, laptop],
  ['true', newer, { acceptableVariance: 1 }, laptop],
  ['false', metadata, {}, { ...laptop, lastSelectedDate: now - 31 * dayMs }],
  ['true', metadata, { expiration: 40 }, { ...laptop, lastSelectedDate: now - 31 * dayMs }],
  ['unknownDevice', metadata, {}, { ...laptop, uuid: 'device-2' }],
])('takes the outcome %s', async (outcome, current, config, profile) => {
  const { saved, given } = collected({ metadata: current }, [profile])
  expect(outcomeOf((await runNode(node, { ...given, config })).action)).toBe(outcome)
  const isRecent = profile.uuid === 'device-1' && profile.lastSelectedDate > now - 30 * dayMs
  if (isRecent) expect(saved.profile?.[0]).toMatchObject({ lastSelectedDate: now })
})

test('treats a device without saved metadata as unknown', async () => {
  const { metadata: _not, ...bare } = laptop
  const { given } = collected({ metadata }, [bare as typeof laptop])
  expect(outcomeOf((await runNode(node, given)).action)).toBe('unknownDevice')
})

test('requires a profile and an active person', async () => {
  expect((await runNode(node, collected({}).given)).action).toEqual(notCollected('metadata'))
  const { given } = collected({ metadata })
  const ports = { ...given.ports, identities: inactiveKim }
  expect((await runNode(node, { ...given, ports })).action).toMatchObject({ kind: 'error' })
})

/** Runs the node with a person's device and a script that leaves this state. */
function scripted(left: Partial<ScriptOutcome>) {
  const asked: ScriptRequest[] = []
  const scripts: ScriptPort = {
    async run(request) {
      asked.push(request)
      return { action: undefined, outcome: undefined, config: undefined, auditDetail: undefined, ...left }
    },
  }
  const { given } = collected({ metadata })
  const config = { useScript: true, script: 'mine' }
  return { asked, run: runNode(node, { ...given, config, ports: { ...given.ports, scripts } }) }
}

test('lets a script decide', async () => {
  const { asked, run } = scripted({ outcome: 'unknownDevice' })
  expect(outcomeOf((await run).action)).toBe('unknownDevice')
  expect(asked).toEqual([{ script: 'mine', as: 'deviceMatch', inputs: ['*'] }])
})

test('lets a script send callbacks', async () => {
  const ask = send([callback('NameCallback', { prompt: 'Name' })])
  expect((await scripted({ action: ask }).run).action).toEqual(ask)
})

test.each<[string, Partial<ScriptOutcome>]>([
  ["Script must set 'outcome' to a string.", {}],
  ["Invalid outcome from script, 'maybe'", { outcome: 'maybe' }],
  ["Invalid outcome from script, 'maybe'", { action: goTo('maybe') }],
  ['Invalid auditEntryDetail type from script', { outcome: 'true', auditDetail: 7 }],
])('fails if the script sets no valid outcome: %s', async (message, left) => {
  expect((await scripted(left).run).action).toEqual({ kind: 'error', message })
})

test('fails if the script throws', async () => {
  const { given } = collected({ metadata })
  const scripts = { run: () => Promise.reject(new ScriptFailure('boom (line 1)')) }
  const config = { useScript: true }
  const { action } = await runNode(node, { ...given, config, ports: { ...given.ports, scripts } })
  expect(action).toEqual({ kind: 'error', message: 'boom (line 1)' })
})

test('rejects a device without an identifier', async () => {
  const { given } = collected({ identifier: 7, metadata })
  const message = 'Device Identifier is not captured'
  expect((await runNode(node, given)).action).toEqual({ kind: 'error', message })
})
