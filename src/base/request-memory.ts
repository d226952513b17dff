import { AsyncLocalStorage } from 'node:async_hooks'

/** A place for what was read. It may be forgotten at any time. */
export type ReadMemory = {
  /** Other servers write meanwhile, so that what was read gets old. */
  isShared: boolean
}

const memories = new AsyncLocalStorage<ReadMemory>()

/** Starts a memory, as of a request: what the request has read, it needn't read again. */
export function newReadMemory(): ReadMemory {
  return { isShared: true }
}

/** Runs the work of a request, and what follows from it, with the memory of the request. */
export function withRequestMemory(memory: ReadMemory, work: () => void): void {
  memories.run(memory, work)
}

/** Undefined outside of requests. */
export function requestMemory(): ReadMemory | undefined {
  return memories.getStore()
}
