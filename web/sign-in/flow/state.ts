import type { CallerCheck } from '../../api/callers-page.ts'
import type { Trouble } from './persistence.ts'
import type { View } from './view.ts'

export type WalkState = {
  view: View
  /** Whether something was sent that has no answer yet: nothing else is sent meanwhile. */
  isBusy: boolean
  trouble: Trouble | undefined
  /** Whom a caller signs in for, and for what. */
  check: CallerCheck | undefined
}

/** State that React can watch. */
export class WalkStore {
  #state: WalkState = { view: { kind: 'opening' }, isBusy: true, trouble: undefined, check: undefined }
  readonly #listeners = new Set<() => void>()

  readonly read = (): WalkState => this.#state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  change(changes: Partial<WalkState>): void {
    this.#state = { ...this.#state, ...changes }
    for (const listener of this.#listeners) listener()
  }
}
