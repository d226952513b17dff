import { outputOf } from '../../../api/authenticate.ts'
import type { ClientState } from './use-run-client.ts'

/** The state of a run in a word or two. */
export function wordsOf(state: ClientState): string {
  switch (state.kind) {
    case 'starting':
      return 'starting'
    case 'step':
      return state.isWaiting ? 'in progress' : waitOf(state)
    case 'success':
      return 'Success'
    case 'failure':
      return 'Failure'
    case 'stopped':
      return 'stopped'
    case 'broken':
      return 'error'
  }
}

function waitOf({ step }: Extract<ClientState, { kind: 'step' }>): string {
  const wait = step.callbacks.find(({ type }) => type === 'PollingWaitCallback')
  const time = Number(wait && outputOf(wait, 'waitTime'))
  return Number.isFinite(time) ? `waiting ${Math.round(time / 1000)} s` : 'waiting for input'
}
