import { createHash } from 'node:crypto'
import { type CountedBranch, type CountedStatement, type Instrumented, instrument } from './instrument.ts'
import { defaultLimits, type ScriptLimits } from './limits.ts'
import type { ScriptJob } from './script-engine.ts'
import { ScriptWorkerPool } from './script-worker-pool.ts'
import { standardScript } from './standard-script.ts'
import type { Attempt } from './worker/messages.ts'

/** A script to measure. Scripts find libraries by name, so the name identifies a library. */
export type MeasuredScript = { id: string; name: string; source: string; isLibrary?: boolean }

/** `hits`: the number of runs that executed the statement. */
export type StatementHits = Omit<CountedStatement, 'counter'> & { hits: number }

/** `hits`: the number of runs that took each way, in the order of the source. */
export type BranchHits = Omit<CountedBranch, 'counters'> & { hits: number[] }

export type CoveredScript = {
  id: string
  name: string
  /** SHA-256 of the source, in hexadecimal. */
  hash: string
  isLibrary: boolean
  runs: number
  /** In the order of the source. */
  statements: StatementHits[]
  branches: BranchHits[]
  /** Set if the script can't be measured. */
  problem?: string
}

/** Counters cost time and memory. A script that exceeds its own limits was ended by them before. */
const limits: ScriptLimits = {
  ...defaultLimits,
  cpuMs: 5000,
  wallMs: 5000,
  hardWallMs: 60_000,
  heapBytes: 128 << 20,
  resultBytes: Number.MAX_SAFE_INTEGER,
  queued: Number.MAX_SAFE_INTEGER,
}

/** Time that code with counters may take, compared with the original. Loops that only count take up to ten times as long. */
const slowdown = 15

type Code = { hash: string; instrumented: Instrumented | undefined; problem?: string }

type Ran = { script: MeasuredScript; hash: string; runs: number; hits: number[] }

/**
 * Measures which statements and branches of scripts run, for any number of engines.
 *
 * Each run is repeated with counters, in other workers, with the recorded answers of its host calls and the same random
 * numbers. So counters can't change a script's result, and its limits stay. A run with host calls has several attempts,
 * of which the last one is repeated, because the earlier ones are its beginnings.
 */
export class ScriptCoverage {
  readonly #pool: ScriptWorkerPool
  readonly #known = new Map<string, MeasuredScript>()
  readonly #codes = new Map<string, Code>()
  readonly #ran = new Map<string, Ran>()
  readonly #pending = new Set<Promise<void>>()

  /** @param scripts are reported even if they never run. */
  constructor(scripts: readonly MeasuredScript[] = [], workers = 1) {
    this.#pool = new ScriptWorkerPool(workers, limits)
    for (const script of scripts) this.#known.set(this.#keyOf(script), script)
  }

  /** Repeats a run. Called by engines, with the run's last attempt. */
  repeat(job: ScriptJob, attempt: Attempt): void {
    const libraries = Object.entries(attempt.libraries).map(([name, source]) => ({
      id: name,
      name,
      source,
      isLibrary: true,
    }))
    const scripts: MeasuredScript[] = [{ id: job.id, name: job.name, source: attempt.source }, ...libraries]
    const repeated = this.#run(attempt, scripts).finally(() => this.#pending.delete(repeated))
    this.#pending.add(repeated)
  }

  /**
   * All scripts, known ones first, after the repetitions. A run under an unknown id counts for the known scripts with the
   * same source, because a trial of a script doesn't have its id.
   */
  async report(): Promise<CoveredScript[]> {
    await Promise.all(this.#pending)
    const all = [...this.#ran]
    const known = [...this.#known].map(([key, script]) => {
      const { hash } = this.#codeOf(script.source)
      const own = all.filter(([at, ran]) => at === key || (!this.#known.has(at) && ran.hash === hash))
      return this.#covered(
        script,
        own.map(([, ran]) => ran),
      )
    })
    const hashes = new Set(known.map(({ hash }) => hash))
    const others = all.filter(([, { hash }]) => !hashes.has(hash))
    return [...known, ...others.map(([, ran]) => this.#covered(ran.script, [ran]))]
  }

  async close(): Promise<void> {
    await Promise.all(this.#pending)
    await this.#pool.close()
  }

  async #run(attempt: Attempt, [script, ...libraries]: MeasuredScript[]): Promise<void> {
    if (script === undefined) return
    const codes = new Map([script, ...libraries].map(({ source }) => [source, this.#codeOf(source)]))
    const codeOf = (source: string) => codes.get(source)?.instrumented?.source ?? source
    // Scripts with the same source share their counters.
    const counters = [...codes.values()].map(({ hash, instrumented }) => ({
      name: counterName(hash),
      length: instrumented?.counters ?? 0,
    }))
    const cpuMs = slowdown * attempt.cpuMs
    const repetition: Attempt = {
      ...attempt,
      source: codeOf(attempt.source),
      libraries: Object.fromEntries(libraries.map(({ name, source }) => [name, codeOf(source)])),
      counters,
      isMeasured: false,
      cpuMs,
    }
    // A script that ends its worker has no counters left.
    const { hits = [] } = await this.#pool.run(repetition, cpuMs).catch(() => ({ hits: [] }))
    for (const each of [script, ...libraries]) {
      const { hash } = this.#codeOf(each.source)
      const marks = hits[counters.findIndex(({ name }) => name === counterName(hash))] ?? new Uint8Array()
      // A library that is named but not loaded did not run.
      if (!each.isLibrary || marks.includes(1)) this.#add(each, hash, marks)
    }
  }

  #add(script: MeasuredScript, hash: string, marks: Uint8Array): void {
    const key = this.#keyOf(script)
    const ran = this.#ran.get(key) ?? { script, hash, runs: 0, hits: [] }
    ran.runs++
    for (const [counter, mark] of marks.entries()) ran.hits[counter] = (ran.hits[counter] ?? 0) + mark
    this.#ran.set(key, ran)
  }

  #covered({ id, name, source, isLibrary = false }: MeasuredScript, ran: readonly Ran[]): CoveredScript {
    const { hash, instrumented, problem } = this.#codeOf(source)
    const hitsOf = (counter: number) => ran.reduce((sum, { hits }) => sum + (hits[counter] ?? 0), 0)
    const { statements = [], branches = [] } = instrumented ?? {}
    return {
      id,
      name,
      hash,
      isLibrary,
      runs: ran.reduce((sum, { runs }) => sum + runs, 0),
      statements: statements.map(({ counter, ...place }) => ({ ...place, hits: hitsOf(counter) })),
      branches: branches.map(({ counters, ...place }) => ({ ...place, hits: counters.map(hitsOf) })),
      ...(problem === undefined ? {} : { problem }),
    }
  }

  #keyOf({ id, name, source, isLibrary }: MeasuredScript): string {
    return `${isLibrary ? `library ${name}` : `script ${id}`}\n${this.#codeOf(source).hash}`
  }

  #codeOf(source: string): Code {
    const known = this.#codes.get(source)
    if (known !== undefined) return known
    // The source of an attempt has its loops written like that already.
    const code = instrumentedCode(standardScript(source))
    this.#codes.set(source, code)
    return code
  }
}

function instrumentedCode(source: string): Code {
  const hash = createHash('sha256').update(source).digest('hex')
  try {
    return { hash, instrumented: instrument(source, counterName(hash)) }
  } catch (error) {
    // Besides syntax errors: the parser is recursive, so a very deep script is a RangeError.
    return { hash, instrumented: undefined, problem: error instanceof Error ? error.message : String(error) }
  }
}

/** A name that a script can't contain, because it depends on the whole source. */
function counterName(hash: string): string {
  return `$covered_${hash.slice(0, 16)}`
}
