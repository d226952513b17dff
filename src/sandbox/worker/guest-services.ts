import type { JSValueHandle } from 'quickjs-wasi'
import type { StateLayer } from './messages.ts'

/** What the guest can reach: seven functions, and text only. The bindings keep them to themselves. */
export type GuestServices = {
  /** The guest's clock, milliseconds since 1970. */
  now(): number
  /** True when the running script has to stop; asked again and again. */
  isOver(): boolean
  /** JSON text of the answer, `{"ok": …}` or `{"error": …}`. Throws when the attempt ends here. */
  call(op: string, args: string): string
  /** JSON text of a value of node state: from one layer, or from the first that has it. */
  readState(key: string, layer: StateLayer | undefined): string | undefined
  /** JSON text of the keys of all layers. */
  stateKeys(): string
  log(level: string, message: string): void
  /** Random bytes, a character each. */
  random(count: number): string
  /** The wrapper function of a library script. Throws when there is none, or it does not compile. */
  library(name: string): JSValueHandle
}
