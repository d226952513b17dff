import { OfflineError } from '../../api/request.ts'
import { t } from '../../translate/translate.ts'
import { waitTimeOf } from '../checks/front-step.ts'
import { continueStart, type StartResult } from '../checks/start-check.ts'
import { useStartingChecks } from '../checks/starting-store.ts'
import { awaitedApproval, stoppedWaiting } from './approval-step.ts'

/** Ids of starting checks whose journey is polled. */
const running = new Set<string>()
const stopped = new Set<string>()
/** Those whose agent has just pressed the button. */
const pressed = new Set<string>()
const wakeUps = new Map<string, () => void>()

/** Polls the front journey of a starting check, on every page of the desk, until it no longer waits for a second agent. */
export async function runWhileAwaiting(id: string, take: (result: StartResult) => void): Promise<void> {
  if (running.has(id)) return
  running.add(id)
  try {
    for (;;) {
      await pause(id)
      const starting = useStartingChecks.getState()[id]
      if (starting === undefined) return
      const step = stopped.has(id) ? stoppedWaiting(starting.step) : starting.step
      const result = await received(() => continueStart(starting, step))
      const isWaiting = result?.kind === 'asks' && awaitedApproval(result.step) !== undefined
      // Signed out meanwhile.
      if (useStartingChecks.getState()[id] === undefined) return
      if (result !== undefined) take(result)
      if (result !== undefined && !isWaiting) return
    }
  } finally {
    running.delete(id)
    stopped.delete(id)
    pressed.delete(id)
  }
}

/** Stops waiting, and lets the journey go on without an approval. */
export function stopAwaiting(id: string): void {
  stopped.add(id)
  pressed.add(id)
  wakeUps.get(id)?.()
}

/** Waits before the next poll. Only the first one after the button was pressed comes at once. */
async function pause(id: string): Promise<void> {
  const step = useStartingChecks.getState()[id]?.step
  if (step !== undefined && !pressed.has(id)) {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, waitTimeOf(step) ?? 3_000)
      wakeUps.set(id, () => {
        clearTimeout(timer)
        resolve()
      })
    })
  }
  wakeUps.delete(id)
  pressed.delete(id)
}

/** @returns undefined if the server could not be reached. The same step can be sent again. */
async function received(send: () => Promise<StartResult>): Promise<StartResult | undefined> {
  try {
    const result = await send()
    return result.kind === 'failed' && result.code >= 500 ? undefined : result
  } catch (error) {
    if (error instanceof OfflineError) return undefined
    return { kind: 'failed', code: 0, message: t('The server sent an unexpected answer.') }
  }
}
