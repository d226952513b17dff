import { z } from 'zod'
import { type Action, fail, goTo } from '../../engine/action.ts'
import { decisionContexts, defineNode, setting } from '../define-node.ts'
import { runForResult, scriptErrors } from '../script-result.ts'
import {
  activePerson,
  activePersonErrors,
  collected,
  collectedIdentifier,
  collectedKey,
  differences,
  identifierErrors,
  profileReads,
  profilesOf,
  saveProfiles,
} from './device-profile.ts'

const outcomes = { true: 'True', false: 'False', unknownDevice: 'Unknown Device' } as const
type Outcome = keyof typeof outcomes

const dayMs = 86_400_000

/** Compares a device with what it told before. Source: "Device Match node". */
export const deviceMatch = defineNode({
  type: 'DeviceMatchNode',
  version: '1.0',
  title: 'Device Match',
  help: 'Decides whether the device is one that the person saved, and still as it was.',
  tags: ['contextual'],
  config: z.object({
    acceptableVariance: setting(
      'Acceptable Variance',
      'How many values may differ from what was saved.',
      z.int().min(0).default(0),
    ),
    expiration: setting(
      'Expiration',
      'Days after which a device that was not seen counts no more.',
      z.int().positive().default(30),
    ),
    useScript: setting(
      'Use Custom Matching Script',
      'Whether a script decides, in place of the two settings above. It finds the devices of the person with `deviceProfilesDao`.',
      z.boolean().default(false),
    ),
    script: setting(
      'Custom Matching Script',
      'The script that decides for `true`, `false` or `unknownDevice`.',
      z.string().default('01e1a3c0-038b-4c16-956a-6c9d89328cff'),
      { to: 'script', contexts: ['DEVICE_MATCH_NODE', ...decisionContexts] },
    ),
  }),
  outcomes: { all: outcomes },
  reads: ({ useScript }) => (useScript ? ['*'] : profileReads),
  callbacks: { '*': 'With **Use Custom Matching Script**, those that the script makes.' },
  errors: { ...scriptErrors, fail: { ...scriptErrors.fail, ...identifierErrors, ...activePersonErrors } },
  requires: ({ useScript }) => (useScript ? [collectedKey] : profileReads),
  needs: ['identities', 'devices', 'scripts'],
  reference: {
    outputs: 'when the device was seen',
    outcomes: {
      true: 'It is, but for as many values as may differ.',
      false: 'It has changed, or was not seen for too long.',
      unknownDevice: 'The person saved no device with that identifier.',
    },
  },
  async run({ config, state, now, identities, devices, scripts, log }): Promise<Action<Outcome>> {
    const metadata = collected(state, 'metadata')
    const identifier = collectedIdentifier(state)
    if ('problem' in metadata) return fail(metadata.problem)
    if ('problem' in identifier) return fail(identifier.problem)
    if (config.useScript) {
      const request = { script: config.script, as: 'deviceMatch', inputs: ['*'] } as const
      const result = await runForResult({ scripts, log }, request, ['true', 'false', 'unknownDevice'])
      return result.ok ? result.action : fail(result.reason)
    }
    const person = await activePerson(state, identities)
    if (typeof person === 'string') return fail(person)
    const held = await profilesOf(devices, person)
    const known = held.find(({ uuid, ...told }) => uuid === identifier.value && told.metadata !== undefined)
    if (known === undefined) return goTo('unknownDevice')
    if (known.lastSelectedDate + config.expiration * dayMs < now) return goTo('false')
    const seen = held.map((each) => (each === known ? { ...known, lastSelectedDate: now } : each))
    await saveProfiles(devices, person, seen)
    const isSame = differences(known.metadata, metadata.value) <= config.acceptableVariance
    return goTo(isSame ? 'true' : 'false')
  },
})
