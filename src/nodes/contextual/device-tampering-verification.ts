import { z } from 'zod'
import { isJsonObject, type Json } from '../../base/json.ts'
import { fail, goTo } from '../../engine/action.ts'
import { decisionOutcomes } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import { collected, collectedKey, profileErrors } from './device-profile.ts'

/** Decides by the tampering score that a device reports. Source: "Device Tampering Verification node". */
export const deviceTamperingVerification = defineNode({
  type: 'DeviceTamperingVerificationNode',
  title: 'Device Tampering Verification',
  help: 'Decides whether the device is untampered, by the score that the vendor’s mobile SDKs report.',
  tags: ['contextual'],
  config: () =>
    z.object({
      score: setting(
        'Score Threshold',
        'Maximum accepted score, from 0 (untampered) to 1.',
        z
          .string()
          .regex(/^(0(\.\d+)?|1(\.0+)?)$/)
          .default('0'),
      ),
    }),
  outcomes: decisionOutcomes,
  reads: () => [collectedKey],
  errors: { fail: profileErrors },
  requires: () => [collectedKey],
  reference: {
    outcomes: { true: 'The score is within the threshold.', false: 'The score is too high or missing.' },
  },
  run({ config, state }) {
    const metadata = collected(state, 'metadata')
    if ('problem' in metadata) return fail(metadata.problem)
    const score = scoreOf(metadata.value)
    return goTo(score !== undefined && score <= Number(config.score) ? 'true' : 'false')
  },
})

/** undefined for devices that report no score, such as browsers. */
function scoreOf(metadata: Json): number | undefined {
  const platform = isJsonObject(metadata) ? metadata.platform : undefined
  const score = isJsonObject(platform) ? platform.jailBreakScore : undefined
  return typeof score === 'number' ? score : undefined
}
