import type { Json, JsonObject } from '../../base/json.ts'
import type { RecordedStep } from '../../engine/recorded-step.ts'
import { maskedText } from '../../runtime/mask.ts'

/** Why a running server shows no state. */
export const unseenState = 'the state of a journey is read only inside'

/** The last value of each key that nodes wrote to shared state: a mask for a secret, null if it was removed. */
export function leftInState(steps: readonly RecordedStep[]): JsonObject {
  const written = steps.flatMap(({ writes }) => writes)
  return Object.fromEntries(
    written.map(({ key, after = null, isMasked }): [string, Json] => [key, isMasked ? maskedText : after]),
  )
}
