import { AsyncLocalStorage } from 'node:async_hooks'

/** A place for what was read. It may be forgotten at any time. */
export type ReadMemory = {
  /** Other servers write meanwhile, so that what was read gets old. */
  isShared: boolean
}

const memories = new AsyncLocalStorage<RequestMemory>()

/** A memory of what is read while other servers write. */
export function newReadMemory(): ReadMemory {
  return { isShared: true }
}

/** What a request has read, it needn't read again: one for each request. */
export type RequestMemory = { current: ReadMemory }

/** Runs the work of a request, and what follows from it, with the memory of the request. */
export function withRequestMemory(memory: RequestMemory, work: () => void): void {
  memories.run(memory, work)
}

/** Undefined outside of requests. */
export function requestMemory(): ReadMemory | undefined {
  return memories.getStore()?.current
}

/** Forgets what the request has read: it has waited, and other servers may have changed anything. */
export function forgetReads(): void {
  const memory = memories.getStore()
  if (memory !== undefined) memory.current = newReadMemory()
}
