import type { Snapshot } from 'quickjs-wasi'
import type { ScriptLimits } from '../limits.ts'
import type { ScriptFault, ScriptKind, ScriptLogLine } from '../script-engine.ts'

/** One part of the bindings: a guest function expression that receives the guest's toolbox. */
export type BindingSource = { name: string; source: string }

/** Sent to a worker once, at its start. */
export type WorkerSetup = {
  module: WebAssembly.Module
  bindings: readonly BindingSource[]
  /** Parts that are loaded when a run needs them. */
  onDemand: readonly BindingSource[]
  limits: ScriptLimits
  /** Built by the first worker, and shared by those that start later. */
  image: GuestImage | undefined
  /** Folder of the server's compile cache, if it has one. */
  compileCache: string | undefined
}

/** A guest with all bindings, before any script has run in it. */
export type GuestImage = {
  /** Its memory is shared by all workers, which only read it. */
  snapshot: Snapshot
  /** Bytecode of the parts that are loaded when a run needs them. */
  parts: ReadonlyMap<string, Uint8Array>
  /** Exported handles of guest functions. */
  handles: { prepare: number; begin: number; finish: number }
}

/** An answered host call. Every later attempt sees the same answer. */
export type RecordedCall = {
  op: string
  /** JSON text of the argument list, compared on replay. */
  args: string
  /** JSON text, `{"ok": …}` or `{"error": …}`. */
  answer: string
  /** Message of the exception that the script sees if the call failed. */
  failure?: string
  /** The guest's clock from here on, in epoch milliseconds. */
  answeredAt: number
}

export type StateLayer = 'shared' | 'secure' | 'transient'

/** One attempt at a run, from its start. Attempts differ only in `recorded` and `cpuMs`. */
export type Attempt = {
  kind: 'attempt'
  name: string
  scriptKind: ScriptKind
  source: string
  /** Library scripts that this script may require. */
  libraries: Readonly<Record<string, string>>
  /** JSON text of everything that the bindings show, except the request and node state. */
  input: string
  /** JSON text of the request. The guest parses it if the script uses it. */
  request: string
  /** JSON text of each layer. The guest parses only the values that the script reads. */
  state: Readonly<Record<StateLayer, string>>
  startedAt: number
  /** Key of the run's random bytes, if an earlier attempt used some: they are the same in every attempt. */
  randomKey: string | undefined
  recorded: readonly RecordedCall[]
  /** Remaining CPU budget, in milliseconds. */
  cpuMs: number
  /** Whether to measure the time of log lines and memory. Measuring memory is slow. */
  isMeasured: boolean
  /** Arrays that the sources mark, while coverage is measured. */
  counters?: readonly Counters[]
}

/** An array of bytes, and the variable that holds it. Code with counters sets elements to 1. */
export type Counters = { name: string; length: number }

export type SyntaxCheck = { kind: 'check'; name: string; source: string }

export type SyntaxFault = { line: number; column: number; message: string }

export type AttemptEnd =
  | { kind: 'done'; result: string; logs: ScriptLogLine[]; reads: string[] }
  | { kind: 'call'; op: string; args: string; randomKey: string | undefined }
  | {
      kind: 'failed'
      fault: ScriptFault
      message: string
      line?: number
      column?: number
      logs: ScriptLogLine[]
    }

export type Order = Attempt | SyntaxCheck

export type Outcome = AttemptEnd | { kind: 'checked'; faults: SyntaxFault[] }

/** A worker's answer. `cpuMs`: CPU time of this order. `totalCpuMs`: CPU time of the worker since its start. `hits`: the marked counters. */
export type Report = {
  outcome: Outcome
  cpuMs: number
  totalCpuMs: number
  measured?: Measured
  hits?: Uint8Array[]
}

export type Measured = {
  /** Wall time in milliseconds. Some systems measure the CPU time of short runs too coarsely. */
  elapsedMs: number
  /** Growth of the guest's memory during the attempt; undefined if the guest is no longer usable. */
  memoryBytes: number | undefined
}

/** A worker's first message. Later CPU time belongs to its scripts. `totalCpuMs`: CPU time of the start. */
export type Ready = { isReady: true; totalCpuMs: number; image: GuestImage }
