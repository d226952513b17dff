import { randomBytes, randomInt } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { systemNow } from '../base/clock.ts'
import type { Json } from '../base/json.ts'
import { parseGuestJson } from './guest-json.ts'
import { createEngineCalls, type EngineCalls } from './hosts/engine-calls.ts'
import { createScriptSecrets } from './hosts/script-secrets.ts'
import type { SlowCalls } from './hosts/slow-calls.ts'
import { KillRecord } from './kill-record.ts'
import { type ScriptLimits, withDefaultLimits } from './limits.ts'
import { requiredLibraries } from './required-libraries.ts'
import type { ScriptCoverage } from './script-coverage.ts'
import {
  HostCallError,
  type ScriptEngine,
  ScriptError,
  type ScriptHost,
  type ScriptJob,
  type ScriptResult,
  type ScriptUsage,
} from './script-engine.ts'
import { readResult } from './script-result.ts'
import { ScriptWorkerPool } from './script-worker-pool.ts'
import { WorkerEnded } from './script-worker-thread.ts'
import { standardScript } from './standard-script.ts'
import { checkedAsVendor, libraryOfVendor, namesWithout, refuseAsVendor } from './vendor-refusals.ts'
import type { Attempt, AttemptEnd, RecordedCall, SyntaxFault } from './worker/messages.ts'

export type ScriptEngineOptions = {
  /** Maximum number of worker threads. Default: the number of cores, but at least two. */
  workers?: number
  /** Overrides of the default limits. */
  limits?: Partial<ScriptLimits>
  /** Secrets of scripts by id or by name of the environment variable. Default: the host of each run answers. */
  secrets?: Readonly<Record<string, string | undefined>>
  /** The clock of scripts, in epoch milliseconds. Default: that of the system. */
  now?: () => number
  /** A random number from 0 up to 1, from which the random numbers of a run follow. Default: from the system. */
  random?: () => number
  /** Workers of another engine, which closes them. Default: workers of its own. */
  workersOf?: ScriptEngine
  /** Whether scripts get only what the vendor's engine has, and are refused where they would decide differently there. Default: no. */
  isAsVendor?: boolean
  /** Measures which statements run, for tests. It repeats each run in workers of its own. */
  cover?: ScriptCoverage
}

/** Creates the engine. Workers start with the first script. @throws RangeError for a limit out of range. */
export function createScriptEngine(options: ScriptEngineOptions = {}): ScriptEngine {
  const limits = withDefaultLimits(options.limits)
  const { workersOf, cover, secrets, isAsVendor = false, now = systemNow, random = systemRandom } = options
  const pool = poolOf(workersOf) ?? new ScriptWorkerPool(options.workers ?? defaultWorkers(), limits)
  const ownCalls = createEngineCalls(secrets && createScriptSecrets(secrets), now)
  const ownsPool = workersOf === undefined
  return new ReplayEngine({ pool, ownsPool, limits, ownCalls, now, random, isAsVendor, cover })
}

function defaultWorkers(): number {
  return Math.max(2, availableParallelism())
}

const systemRandom = () => randomInt(2 ** 32) / 2 ** 32

function poolOf(engine: ScriptEngine | undefined): ScriptWorkerPool | undefined {
  return engine instanceof ReplayEngine ? engine.pool : undefined
}

type EngineParts = {
  pool: ScriptWorkerPool
  ownsPool: boolean
  limits: ScriptLimits
  ownCalls: EngineCalls
  now(): number
  random(): number
  isAsVendor: boolean
  cover: ScriptCoverage | undefined
}

/**
 * Answers host calls by replay: when an attempt needs an answer, it ends, and the script runs again from the start with one
 * more recorded answer. Each call reaches the host once.
 */
class ReplayEngine implements ScriptEngine {
  readonly pool: ScriptWorkerPool
  readonly #parts: EngineParts
  readonly #kills: KillRecord

  constructor(parts: EngineParts) {
    this.#parts = parts
    this.pool = parts.pool
    this.#kills = new KillRecord(parts.now)
  }

  async run(job: ScriptJob, host: ScriptHost, measure?: (usage: ScriptUsage) => void): Promise<ScriptResult> {
    const first = { ...(await this.#firstAttempt(job)), isMeasured: measure !== undefined }
    return this.#parts.cover === undefined
      ? this.#replay(job, first, host, measure)
      : this.#replayCovered(this.#parts.cover, job, first, host, measure)
  }

  async #replayCovered(
    cover: ScriptCoverage,
    job: ScriptJob,
    first: Attempt,
    host: ScriptHost,
    measure: ((usage: ScriptUsage) => void) | undefined,
  ): Promise<ScriptResult> {
    let last: Attempt | undefined
    // Made before the run, so that its repetition has the same.
    const randomKey = randomBytes(32).toString('base64')
    try {
      return await this.#replay(job, { ...first, randomKey }, host, measure, (attempt) => {
        last = attempt
      })
    } finally {
      if (last !== undefined) cover.repeat(job, last)
    }
  }

  async #replay(
    job: ScriptJob,
    first: Attempt,
    host: ScriptHost,
    measure: ((usage: ScriptUsage) => void) | undefined,
    ran?: (attempt: Attempt) => void,
  ): Promise<ScriptResult> {
    const recorded: RecordedCall[] = []
    const slow: SlowCalls = { realm: job.realm, count: 0 }
    let { randomKey } = first
    let usedMs = 0
    for (;;) {
      const cpuMs = Math.min(this.#parts.limits.cpuMs, this.#parts.limits.totalCpuMs - usedMs)
      if (cpuMs <= 0) throw new ScriptError('timeout', `Script used too much CPU time (${job.name})`)
      const attempt = { ...first, recorded, randomKey, cpuMs }
      const report = await this.#attempt(job, attempt, measure)
      ran?.(attempt)
      usedMs += report.cpuMs
      if (report.end.kind === 'done') {
        const { result, logs, reads } = report.end
        return readResult(result, logs, reads)
      }
      if (report.end.kind === 'failed') throw asError(report.end)
      if (recorded.length >= this.#parts.limits.hostCalls) {
        throw new ScriptError(
          'limit',
          `Script made more than ${this.#parts.limits.hostCalls} host calls (${job.name})`,
        )
      }
      randomKey = report.end.randomKey
      recorded.push(await this.#ask(report.end, host, job.name, slow))
    }
  }

  async check(name: string, source: string): Promise<SyntaxFault[]> {
    if (source.length > this.#parts.limits.sourceBytes) {
      return [
        { line: 1, column: 1, message: `Script is longer than ${this.#parts.limits.sourceBytes} characters` },
      ]
    }
    const standard = standardScript(source)
    const { outcome } = await this.pool.run(
      { kind: 'check', name, source: standard },
      this.#parts.limits.cpuMs,
    )
    return outcome.kind === 'checked' ? outcome.faults : []
  }

  waiting(): number {
    return this.pool.waiting()
  }

  workers(): { started: number; max: number } {
    return this.pool.workers()
  }

  async close(): Promise<void> {
    if (this.#parts.ownsPool) await this.pool.close()
  }

  async #attempt(
    job: ScriptJob,
    attempt: Attempt,
    measure: ((usage: ScriptUsage) => void) | undefined,
  ): Promise<{ end: AttemptEnd; cpuMs: number }> {
    const script = `${job.id}\n${job.source}`
    if (this.#kills.isRefused(script)) {
      throw new ScriptError('limit', `Script was ended twice and is refused for a minute (${job.name})`)
    }
    try {
      const source = this.#parts.isAsVendor ? await checkedAsVendor(job.kind, attempt.source) : attempt.source
      const { outcome, cpuMs, measured } = await this.pool.run({ ...attempt, source }, attempt.cpuMs)
      measure?.({ cpuMs: cpuMs || (measured?.elapsedMs ?? 0), memoryBytes: measured?.memoryBytes })
      if (outcome.kind === 'checked') throw new Error('A worker answered a script run as a syntax check')
      return { end: outcome, cpuMs }
    } catch (error) {
      if (!(error instanceof WorkerEnded)) throw error
      measure?.({ cpuMs: attempt.cpuMs, memoryBytes: undefined })
      this.#kills.add(script)
      throw new ScriptError(error.fault, `${error.message} (${job.name})`)
    }
  }

  async #firstAttempt(job: ScriptJob): Promise<Omit<Attempt, 'isMeasured'>> {
    const required = Object.entries(requiredLibraries(job.source, job.libraries))
    for (const [name, source] of [[job.name, job.source], ...required] as const) {
      if ((source?.length ?? 0) > this.#parts.limits.sourceBytes) {
        throw new ScriptError(
          'limit',
          `Script is longer than ${this.#parts.limits.sourceBytes} characters (${name})`,
        )
      }
    }
    const libraries: Record<string, string> = {}
    if (this.#parts.isAsVendor) await refuseAsVendor(job)
    for (const [name, text] of required)
      libraries[name] = standardScript(this.#parts.isAsVendor ? await libraryOfVendor(name, text) : text)
    const { state, libraries: _all, source, id: _id, context: _context, request, ...visible } = job
    return {
      kind: 'attempt',
      name: job.name,
      scriptKind: job.kind,
      source: standardScript(source),
      libraries,
      input: JSON.stringify({
        ...visible,
        randomSeed: Math.floor(this.#parts.random() * 2 ** 32),
        missingNames: this.#parts.isAsVendor ? namesWithout(job.kind) : [],
      }),
      request: JSON.stringify(request),
      state: {
        shared: JSON.stringify(state.shared),
        secure: JSON.stringify(state.secure),
        transient: JSON.stringify(state.transient),
      },
      startedAt: this.#parts.now(),
      randomKey: undefined,
      recorded: [],
      cpuMs: this.#parts.limits.cpuMs,
    }
  }

  async #ask(
    call: { op: string; args: string },
    host: ScriptHost,
    name: string,
    slow: SlowCalls,
  ): Promise<RecordedCall> {
    const { op, args } = call
    // The bindings write a list of JSON values. The host validates the values.
    const request = { op, args: parseGuestJson(args, `The argument list of ${op}`) as Json[] }
    try {
      const ok = await (this.#parts.ownCalls(request, slow) ?? host(request))
      const answer = JSON.stringify({ ok: ok ?? null })
      if (answer.length > this.#parts.limits.resultBytes) {
        throw new ScriptError('limit', `The answer of ${op} is too large (${name})`)
      }
      return { op, args, answer, answeredAt: this.#parts.now() }
    } catch (error) {
      if (!(error instanceof HostCallError)) throw error
      const { message, code, detail } = error
      const answer = JSON.stringify({ error: { message, code, detail } })
      return { op, args, answer, failure: message, answeredAt: this.#parts.now() }
    }
  }
}

function asError({
  fault,
  message,
  line,
  column,
  logs,
}: Extract<AttemptEnd, { kind: 'failed' }>): ScriptError {
  return new ScriptError(fault, message, line, logs, column)
}
