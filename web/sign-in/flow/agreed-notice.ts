import type { Step } from '../../api/authenticate.ts'
import { callbacksOf, filled, inputName } from '../step/inputs.ts'

/** The page of a *Verification Notice* node: who asks, and what for. */
export function isNoticeStage(stage: string | undefined): boolean {
  return stage === 'VerificationNotice'
}

/** That page with "Continue" pressed. */
export function agreed(step: Step): Step {
  const buttons = callbacksOf(step, 'ConfirmationCallback').map(
    (callback) => [inputName(callback), 0] as const,
  )
  return filled(step, Object.fromEntries(buttons))
}
