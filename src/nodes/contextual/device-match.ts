import { z } from 'zod'
import { type Action, fail, goTo } from '../../engine/action.ts'
import { decisionContexts, defineNode, flagSetting, setting, textSetting } from '../define-node.ts'
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

/** Compares a device with its saved profile. Source: "Device Match node". */
export const deviceMatch = defineNode({
  type: 'DeviceMatchNode',
  title: 'Device Match',
  help: 'Decides whether the device is saved for the person and unchanged. The device describes itself, which is not verified.',
  tags: ['contextual'],
  config: () =>
    z.object({
      acceptableVariance: setting(
        'Acceptable Variance',
        'Maximum number of values that may differ from the saved ones.',
        z.int().min(0).default(0),
      ),
      expiration: setting(
        'Expiration',
        'Days after which an unseen device no longer matches.',
        z.int().positive().default(30),
      ),
      useScript: flagSetting(
        'Use Custom Matching Script',
        'Uses a script instead of the two settings above. It reads the person’s devices from `deviceProfilesDao`.',
      ),
      script: textSetting(
        'Custom Matching Script',
        'The script, which sets the outcome `true`, `false` or `unknownDevice`.',
        '01e1a3c0-038b-4c16-956a-6c9d89328cff',
        { to: 'script', contexts: ['DEVICE_MATCH_NODE', ...decisionContexts] },
      ),
    }),
  outcomes: { all: outcomes },
  reads: ({ useScript }) => (useScript ? ['*'] : profileReads),
  callbacks: { '*': 'With **Use Custom Matching Script**, the callbacks that the script sends.' },
  errors: { ...scriptErrors, fail: { ...scriptErrors.fail, ...identifierErrors, ...activePersonErrors } },
  requires: ({ useScript }) => (useScript ? [collectedKey] : profileReads),
  needs: ['identities', 'devices', 'scripts'],
  reference: {
    outputs: 'the time when the device was last seen',
    outcomes: {
      true: 'The device matches within the acceptable variance.',
      false: 'The device has changed, or was not seen for too long.',
      unknownDevice: 'The person has no saved device with this identifier.',
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
    const saved = await profilesOf(devices, person)
    const known = saved.find(
      ({ uuid, ...profile }) => uuid === identifier.value && profile.metadata !== undefined,
    )
    if (known === undefined) return goTo('unknownDevice')
    if (known.lastSelectedDate + config.expiration * dayMs < now) return goTo('false')
    const seen = saved.map((each) => (each === known ? { ...known, lastSelectedDate: now } : each))
    await saveProfiles(devices, person, seen)
    const isSame = differences(known.metadata, metadata.value) <= config.acceptableVariance
    return goTo(isSame ? 'true' : 'false')
  },
})
