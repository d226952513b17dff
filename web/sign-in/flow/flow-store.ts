import type { CallerCheck } from '../../api/callers-page.ts'
import type { ConnectionProblem } from './retry.ts'
import type { View } from './view.ts'

export type FlowState = {
  view: View
  /** Whether a request is pending, so that nothing else can be sent. */
  isBusy: boolean
  problem: ConnectionProblem | undefined
  /** The check that a caller signs in for. */
  check: CallerCheck | undefined
}

/** State for React's `useSyncExternalStore`. */
export class FlowStore {
  #state: FlowState = { view: { kind: 'opening' }, isBusy: true, problem: undefined, check: undefined }
  readonly #listeners = new Set<() => void>()

  readonly read = (): FlowState => this.#state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  change(changes: Partial<FlowState>): void {
    this.#state = { ...this.#state, ...changes }
    for (const listener of this.#listeners) listener()
  }
}
