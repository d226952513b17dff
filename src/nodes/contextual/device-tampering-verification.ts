import { z } from 'zod'
import { fail, goTo } from '../../engine/action.ts'
import { isJsonObject, type Json } from '../../engine/json.ts'
import { decisionOutcomes } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import { collected, collectedKey, profileErrors } from './device-profile.ts'

/** Decides by whether a device says it was tampered with. Source: "Device Tampering Verification node". */
export const deviceTamperingVerification = defineNode({
  type: 'DeviceTamperingVerificationNode',
  version: '1.0',
  title: 'Device Tampering Verification',
  help: "Decides whether the device was left as its maker made it, by the score that the vendor's app SDKs report.",
  tags: ['contextual'],
  config: z.object({
    score: setting(
      'Score Threshold',
      'Highest score that passes, from 0 for untouched to 1.',
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
  needs: [],
  reference: { outcomes: { true: 'The score is low enough.', false: 'It is too high, or there is none.' } },
  run({ config, state }) {
    const metadata = collected(state, 'metadata')
    if ('problem' in metadata) return fail(metadata.problem)
    const score = scoreOf(metadata.value)
    return goTo(score !== undefined && score <= Number(config.score) ? 'true' : 'false')
  },
})

/** undefined for devices that report none, such as browsers. */
function scoreOf(metadata: Json): number | undefined {
  const platform = isJsonObject(metadata) ? metadata.platform : undefined
  const score = isJsonObject(platform) ? platform.jailBreakScore : undefined
  return typeof score === 'number' ? score : undefined
}
