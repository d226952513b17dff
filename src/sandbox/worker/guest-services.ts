import type { JSValueHandle } from 'quickjs-wasi'
import type { StateLayer } from './messages.ts'

/** The only host functions that the guest can call. They exchange text, and scripts see them only through the bindings. */
export type GuestServices = {
  /** The guest's clock, in epoch milliseconds. */
  now(): number
  /** Whether the running script has to stop. Polled by the engine. */
  isOver(): boolean
  /** @returns JSON text, `{"ok": …}` or `{"error": …}`. Throws if the attempt ends here. */
  call(op: string, args: string): string
  /** @returns JSON text of a value of node state, from the given layer or the first one that has the key. */
  readState(key: string, layer: StateLayer | undefined): string | undefined
  /** @returns JSON text of the keys of all layers. */
  stateKeys(): string
  log(level: string, message: string): void
  /** Random bytes as text with one character per byte. */
  random(count: number): string
  /** The wrapper function of a library script. Throws if it doesn't exist or doesn't compile. */
  library(name: string): JSValueHandle
}
