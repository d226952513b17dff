import type { ScriptLimits } from '../limits.ts'
import type { ScriptFault, ScriptLogLine } from '../script-engine.ts'

/** One part of the bindings: guest code, a function expression that receives the guest's own toolbox. */
export type BindingSource = { name: string; source: string }

/** What a worker needs for its whole life. */
export type WorkerSetup = {
  module: WebAssembly.Module
  bindings: readonly BindingSource[]
  /** Parts that a run loads when it asks for them. */
  onDemand: readonly BindingSource[]
  limits: ScriptLimits
  /** Where the server keeps its compile cache, if it has one. */
  compileCache: string | undefined
}

/** An answered host call, as every later attempt sees it again. */
export type RecordedCall = {
  op: string
  /** JSON text of the argument list: compared on replay. */
  args: string
  /** JSON text, `{"ok": …}` or `{"error": …}`. */
  answer: string
  /** Message of the exception that the script sees, when the call failed. */
  failure?: string
  /** Clock of the guest from here on, milliseconds since 1970. */
  answeredAt: number
}

export type StateLayer = 'shared' | 'secure' | 'transient'

/** One attempt at a run, from the start. The same for every attempt but for `recorded` and `cpuMs`. */
export type Attempt = {
  kind: 'attempt'
  name: string
  source: string
  /** Library scripts that this script may ask for. */
  libraries: Readonly<Record<string, string>>
  /** JSON text of everything the bindings show, node state left out. */
  input: string
  /** JSON text of each value by key: parsed in the guest only when asked for. */
  state: Readonly<Record<StateLayer, ReadonlyMap<string, string>>>
  startedAt: number
  /** Key of the job's random bytes, 32 of them: the same bytes come in every attempt. */
  randomKey: Uint8Array
  recorded: readonly RecordedCall[]
  /** What is left of the CPU budget for this attempt, milliseconds. */
  cpuMs: number
  /** Whether time of log lines and memory are wanted: looking at memory takes a while. */
  isMeasured: boolean
}

export type SyntaxCheck = { kind: 'check'; name: string; source: string }

export type SyntaxFault = { line: number; column: number; message: string }

/** How an attempt ended. */
export type AttemptEnd =
  | { kind: 'done'; result: string; logs: ScriptLogLine[]; reads: string[] }
  | { kind: 'call'; op: string; args: string }
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

/** A worker's answer. `cpuMs` is what this order used, `totalCpuMs` what the worker used since its start. */
export type Report = { outcome: Outcome; cpuMs: number; totalCpuMs: number; measured?: Measured }

/** Of an attempt that is measured. */
export type Measured = {
  /** Milliseconds of wall time: CPU of a short run is too coarse on some systems. */
  elapsedMs: number
  /** What the guest held at the end, more than at the beginning; undefined when it can't be asked any more. */
  memoryBytes: number | undefined
}

/** A worker's first word: from here on its time is its scripts'. `totalCpuMs` is what the start used. */
export type Ready = { isReady: true; totalCpuMs: number }
