/** What one run of a script may use, and how many may wait. */
export type ScriptLimits = {
  /** CPU of one attempt, milliseconds. */
  cpuMs: number
  /** CPU of all attempts of a run together, milliseconds; every host call costs one more attempt. */
  totalCpuMs: number
  /** When the watchdog first asks how much CPU the worker used, milliseconds of wall time. */
  wallMs: number
  /** When a worker is ended whatever it used, milliseconds of wall time in which the watchdog could look. */
  hardWallMs: number
  /** Heap of the guest, bytes. */
  heapBytes: number
  /** Calls that leave the sandbox, for each run. */
  hostCalls: number
  logLines: number
  /** Longest text a run may leave behind, and longest answer of a host call, UTF-16 units. */
  resultBytes: number
  /** Longest source of a script or a library script, UTF-16 units. */
  sourceBytes: number
  /** Attempts that may wait for a worker; one more fails at once. */
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
  sourceBytes: 64 << 10,
  queued: 2_000,
}

/** No setting goes above these: beyond them one script can starve or fill a server. */
const limitCeilings: Readonly<ScriptLimits> = {
  cpuMs: 1000,
  totalCpuMs: 5000,
  wallMs: 2000,
  hardWallMs: 10_000,
  heapBytes: 64 << 20,
  hostCalls: 100,
  logLines: 2000,
  resultBytes: 2 << 20,
  sourceBytes: 512 << 10,
  queued: 100_000,
}

/** @throws RangeError naming the setting that is not a whole number from 1 to its ceiling. */
export function withDefaultLimits(settings: Partial<ScriptLimits> = {}): ScriptLimits {
  const limits = { ...defaultLimits, ...settings }
  // Object.keys loses the key type; the object was spread from ScriptLimits alone.
  for (const name of Object.keys(defaultLimits) as (keyof ScriptLimits)[]) {
    const ceiling = limitCeilings[name]
    if (!Number.isInteger(limits[name]) || limits[name] < 1 || limits[name] > ceiling) {
      throw new RangeError(`Script limit ${name} must be a whole number from 1 to ${ceiling}`)
    }
  }
  return limits
}
