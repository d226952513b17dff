import { maxSourceLength } from '../engine/source-length.ts'

/** Limits of one script run, and of the queue. */
export type ScriptLimits = {
  /** CPU time of one attempt, in milliseconds. */
  cpuMs: number
  /** CPU time of all attempts of a run, in milliseconds. Every host call costs one more attempt. */
  totalCpuMs: number
  /** Wall time until the watchdog first checks the worker's CPU time, in milliseconds. */
  wallMs: number
  /**
   * Wall time after which a worker is killed regardless of CPU time, in milliseconds. Counts only time in which the
   * watchdog ran.
   */
  hardWallMs: number
  /** Guest heap, in bytes. */
  heapBytes: number
  /** Host calls of one run. */
  hostCalls: number
  logLines: number
  /** Maximum length of a run's result, and of the answer to a host call, in UTF-16 units. */
  resultBytes: number
  /** Maximum length of the source of a script or library, in UTF-16 units. */
  sourceBytes: number
  /** Maximum number of attempts that wait for a worker. Further ones fail immediately. */
  queued: number
}

export const defaultLimits: Readonly<ScriptLimits> = {
  cpuMs: 100,
  totalCpuMs: 500,
  wallMs: 250,
  hardWallMs: 2000,
  heapBytes: 16 << 20,
  hostCalls: 20,
  logLines: 200,
  resultBytes: 256 << 10,
  sourceBytes: maxSourceLength,
  queued: 2_000,
}

/** Upper bounds of all limits. Above them, one script can starve or fill a server. */
const limitCeilings: Readonly<ScriptLimits> = {
  cpuMs: 1000,
  totalCpuMs: 5000,
  wallMs: 2000,
  hardWallMs: 10_000,
  heapBytes: 64 << 20,
  hostCalls: 100,
  logLines: 2000,
  resultBytes: 2 << 20,
  sourceBytes: maxSourceLength,
  queued: 100_000,
}

/** @throws RangeError if a limit is not an integer from 1 to its ceiling. */
export function withDefaultLimits(settings: Partial<ScriptLimits> = {}): ScriptLimits {
  const limits = { ...defaultLimits, ...settings }
  // Object.keys loses the key type; the object has only the keys of ScriptLimits.
  for (const name of Object.keys(defaultLimits) as (keyof ScriptLimits)[]) {
    const ceiling = limitCeilings[name]
    if (!Number.isInteger(limits[name]) || limits[name] < 1 || limits[name] > ceiling) {
      throw new RangeError(`Script limit ${name} must be an integer from 1 to ${ceiling}`)
    }
  }
  return limits
}
