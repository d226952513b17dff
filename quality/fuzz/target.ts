import type fc from 'fast-check'
import type { World } from './world.ts'

/** A part of the server that gets random input. */
export type Target = {
  name: string
  /** The property: no response to random input is a violation. */
  property(world: World): fc.IAsyncPropertyWithHooks<unknown>
}
