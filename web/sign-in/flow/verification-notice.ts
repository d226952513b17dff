import type { Step } from '../../api/authenticate.ts'
import { callbacksOf, inputName, withValues } from '../step/inputs.ts'

/** Whether the step is the page of a *Verification Notice* node. */
export function isNoticeStage(stage: string | undefined): boolean {
  return stage === 'VerificationNotice'
}

/** The answer "Continue" to that page. */
export function withContinue(step: Step): Step {
  const buttons = callbacksOf(step, 'ConfirmationCallback').map(
    (callback) => [inputName(callback), 0] as const,
  )
  return withValues(step, Object.fromEntries(buttons))
}
