import * as z from 'zod/mini'
import { outputOf, type Step, withInput } from '../../api/authenticate.ts'

const metadataSchema = z.object({
  stage: z.literal('SecondAgentApproval'),
  _id: z.string(),
  expiresAt: z.number(),
})

/** The request for approval on which a step of a front journey waits. */
export type AwaitedApproval = { id: string; expiresAt: number; canStop: boolean }

/** @returns undefined for other steps. */
export function awaitedApproval(step: Step): AwaitedApproval | undefined {
  for (const callback of step.callbacks) {
    if (callback.type !== 'MetadataCallback') continue
    const parsed = z.safeParse(metadataSchema, outputOf(callback, 'data'))
    if (!parsed.success) continue
    const { _id: id, expiresAt } = parsed.data
    return { id, expiresAt, canStop: exitOf(step) >= 0 }
  }
  return undefined
}

/** The step with its button to stop waiting pressed. */
export function stoppedWaiting(step: Step): Step {
  const position = exitOf(step)
  return position < 0 ? step : withInput(step, position, 0)
}

function exitOf({ callbacks }: Step): number {
  return callbacks.findIndex(({ type }) => type === 'ConfirmationCallback')
}
