import { EvalFlags, JSException, type JSValueHandle } from 'quickjs-wasi'
import { explainRhinoSyntax } from '../rhino-syntax.ts'
import type { ScriptFault, ScriptKind, ScriptLogLine } from '../script-engine.ts'
import { AttemptSession, threadCpuMs } from './attempt-session.ts'
import { BytecodeCache } from './bytecode-cache.ts'
import type { Attempt, AttemptEnd, Counters, GuestImage, SyntaxFault, WorkerSetup } from './messages.ts'
import type { Page } from './reset-instance.ts'
import { type Instance, restoreInstance } from './restore-instance.ts'
import { fileNameOf, findPosition } from './script-position.ts'

/** Bytecode, or the error message of the compiler. */
type Compiled = Uint8Array | string

/** Runs attempts one after the other, each in a clean guest. */
export class Sandbox {
  readonly #setup: WorkerSetup
  readonly #image: GuestImage
  readonly #compiledScripts = new BytecodeCache((source) => source)
  readonly #compiledLibraries = new BytecodeCache(libraryCode)
  #instance: Instance | undefined
  /** Pages of the instance by the kind of script that it is prepared for, before any script has run in it. */
  readonly #prepared = new Map<ScriptKind | undefined, Page[]>()
  /** The kind of the last script. The next one is probably of the same kind. */
  #kind: ScriptKind | undefined
  #session: AttemptSession | undefined
  #libraries = new Map<string, Compiled>()
  /** The counters of the running script, if coverage is measured: a list of array buffers. */
  #counters: JSValueHandle | undefined
  /** Set after a failure of the engine itself, when a reset is not enough. */
  #isBroken = false

  constructor(setup: WorkerSetup, image: GuestImage) {
    this.#setup = setup
    this.#image = image
  }

  /**
   * Prepares a clean guest for the next order: resets the instance, or replaces it if that is not enough.
   * @returns a promise only if the instance is replaced.
   */
  clean(): Promise<void> | undefined {
    this.#session = undefined
    this.#counters = undefined
    this.#libraries.clear()
    if (this.#instance === undefined || this.#isBroken || this.#instance.memory.hasGrown()) {
      return this.#replace()
    }
    this.#reset(this.#instance, this.#kind)
    return undefined
  }

  /** @param cpuMs CPU time of this thread at the start of the attempt. */
  run(attempt: Attempt, cpuMs = threadCpuMs()): AttemptEnd {
    const session = new AttemptSession(attempt, this.#setup.limits, cpuMs)
    if (attempt.scriptKind !== this.#kind) this.#reset(this.#ready(), attempt.scriptKind)
    try {
      const script = this.#compileAll(attempt)
      const counters = attempt.counters && this.#vm().compile(declared(attempt.counters), 'counters')
      this.#session = session
      const result = this.#evaluate(attempt, script, counters)
      if (result.length > this.#setup.limits.resultBytes) session.fail('limit', 'Script result is too large')
      return (
        this.#stopped(attempt) ?? {
          kind: 'done',
          result,
          logs: session.logs,
          reads: [...session.reads],
        }
      )
    } catch (error) {
      return this.#stopped(attempt) ?? this.#failed(attempt, error)
    }
  }

  /** Checks the syntax. Uses `evalCode`, because only that reports the position of a fault. */
  check(name: string, source: string): SyntaxFault[] {
    const file = fileNameOf(name)
    try {
      this.#vm().evalCode(source, file, EvalFlags.COMPILE_ONLY).dispose()
      return []
    } catch (error) {
      if (!(error instanceof JSException)) throw error
      const { line = 1, column = 1 } = findPosition(error.stack, new Set([file])) ?? {}
      return [{ line, column, message: explainRhinoSyntax(source, line) ?? error.message }]
    }
  }

  /** Memory of the guest in bytes; undefined if the guest is no longer usable. */
  retainedBytes(): number | undefined {
    if (this.#isBroken) return undefined
    try {
      return this.#vm().getMemoryUsage().mallocSize
    } catch {
      return undefined
    }
  }

  /** The counters that the last attempt marked; none if the guest is no longer usable. */
  hits(counters: readonly Counters[]): Uint8Array[] {
    const buffers = this.#counters
    if (buffers === undefined || this.#isBroken) return []
    return counters.map((_, at) => new Uint8Array(buffers.getProp(String(at)).toArrayBuffer()))
  }

  /** A copy of the guest's memory, for tests. */
  memory(): Uint8Array {
    return this.#ready().memory.copy()
  }

  async #replace(): Promise<void> {
    this.#isBroken = false
    this.#instance = await restoreInstance(this.#setup, this.#image, {
      now: () => this.#session?.now() ?? 0,
      isOver: () => this.#session?.isOver() ?? false,
      call: (op, args) => this.#running().call(op, args),
      request: () => this.#running().request(),
      readState: (key, layer) => this.#running().readState(key, layer),
      stateKeys: () => this.#running().stateKeys(),
      log: (level, message) => this.#running().log(level, message),
      random: (count) => this.#running().random(count),
      library: (name) => this.#library(name),
    })
    this.#prepared.clear()
    this.#prepared.set(undefined, this.#instance.memory.differences())
    this.#reset(this.#instance, this.#kind)
  }

  #reset(instance: Instance, kind: ScriptKind | undefined): void {
    let pages = this.#prepared.get(kind)
    if (pages === undefined) {
      const { vm, memory, prepare } = instance
      memory.reset(this.#prepared.get(undefined) ?? [])
      vm.callFunction(prepare, vm.undefined, vm.newString(kind ?? ''))
      pages = memory.differences()
      this.#prepared.set(kind, pages)
    }
    instance.memory.reset(pages)
    this.#kind = kind
  }

  /** Compiles everything before the script runs, because bytecode from a used guest must not be cached. */
  #compileAll(attempt: Attempt): Uint8Array {
    const vm = this.#vm()
    for (const [name, source] of Object.entries(attempt.libraries)) {
      try {
        this.#libraries.set(name, this.#compiledLibraries.compile(vm, fileNameOf(name), source))
      } catch {
        const [fault] = this.check(name, source)
        this.#libraries.set(name, `SyntaxError: ${fault?.message} (${name}#${fault?.line})`)
      }
    }
    return this.#compiledScripts.compile(vm, fileNameOf(attempt.name), attempt.source)
  }

  #evaluate(attempt: Attempt, script: Uint8Array, counters: Uint8Array | undefined): string {
    const { vm, begin, finish } = this.#ready()
    // Before `begin`, which can remove what counters are made of.
    if (counters !== undefined) this.#counters = vm.evalBytecode(counters)
    vm.callFunction(begin, vm.undefined, vm.newString(attempt.input))
    const value = vm.evalBytecode(script)
    vm.executePendingJobs()
    return vm.callFunction(finish, vm.undefined, value).toString()
  }

  #stopped(attempt: Attempt): AttemptEnd | undefined {
    const { stop, logs = [] } = this.#session ?? {}
    if (stop === undefined) return undefined
    if (stop.kind === 'call') return { ...stop, randomKey: this.#session?.randomKey }
    const { fault, message } = stop
    return { kind: 'failed', fault, message: `${message} (${attempt.name})`, logs }
  }

  #failed(attempt: Attempt, error: unknown): AttemptEnd {
    const session = this.#session
    const logs = session?.logs ?? []
    if (session === undefined) {
      const [fault] = this.check(attempt.name, attempt.source)
      const message = fault?.message ?? String(error)
      return failure(attempt.name, 'syntax', `SyntaxError: ${message}`, fault, logs)
    }
    if (!(error instanceof JSException)) {
      this.#isBroken = true
      const message = error instanceof Error ? error.message : String(error)
      return failure(attempt.name, isOutOfMemory(message) ? 'memory' : 'runtime', message, undefined, logs)
    }
    const files = new Set([attempt.name, ...this.#libraries.keys()].map(fileNameOf))
    const position = findPosition(error.stack, files)
    const message = error.stack === undefined ? error.message : `${error.name}: ${error.message}`
    const fault = isOutOfMemory(error.message)
      ? 'memory'
      : session.hostFailures.has(error.message)
        ? 'host'
        : 'runtime'
    return failure(position?.file ?? attempt.name, fault, message, position, logs)
  }

  #library(name: string): JSValueHandle {
    const compiled = this.#libraries.get(name)
    if (compiled === undefined) throw new Error(`Library script "${name}" not found`)
    if (typeof compiled === 'string') throw new Error(compiled)
    return this.#vm().evalBytecode(compiled)
  }

  #running(): AttemptSession {
    if (this.#session === undefined) throw new Error('No script is running')
    return this.#session
  }

  #ready(): Instance {
    if (this.#instance === undefined) throw new Error('The sandbox is not built')
    return this.#instance
  }

  #vm() {
    return this.#ready().vm
  }
}

/** Constants are not properties of the global object, so scripts don't find the counters there. */
function declared(counters: readonly Counters[]): string {
  const arrays = counters.map(({ name, length }) => `const ${name} = new Uint8Array(${length});`)
  return `${arrays.join('')}[${counters.map(({ name }) => `${name}.buffer`)}]`
}

/** On the library's first line, so that line numbers stay correct. */
function libraryCode(source: string): string {
  return `(function (exports, require, module, ${scope}) {${strictness(source)}${openScope}${source}\n})`
}

/** A strict-mode directive works only as the first statement. */
function strictness(source: string): string {
  return /^\s*(['"])use strict\1/.test(source) ? "'use strict';" : ''
}

/** Lets `this` of a library see its declarations; see `require.js`. The name must not clash with a library's own. */
const scope = '$sidegateScope'
const openScope = `${scope}(($sidegateName) => eval($sidegateName)); ${scope} = undefined; `

function isOutOfMemory(message: string): boolean {
  return message === 'out of memory' || message.startsWith('wasm_malloc')
}

function failure(
  name: string,
  fault: ScriptFault,
  message: string,
  position: { line: number; column: number } | undefined,
  logs: ScriptLogLine[],
): AttemptEnd {
  const place = position === undefined ? `(${name})` : `(${name}#${position.line})`
  return {
    kind: 'failed',
    fault,
    message: `${message} ${place}`,
    ...(position === undefined ? {} : { line: position.line, column: position.column }),
    logs,
  }
}
