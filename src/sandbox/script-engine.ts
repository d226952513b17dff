import type { Callback } from '../engine/callbacks.ts'
import type { Json, JsonObject } from '../engine/json.ts'

/** Which rules a script runs under: what it must set, and which bindings it sees. */
export type ScriptKind =
  | 'decision'
  | 'legacyDecision'
  | 'config'
  | 'legacyConfig'
  | 'deviceMatch'
  | 'legacyDeviceMatch'
  | 'customNode'
  | 'transformation'
  | 'legacyTransformation'

/** One callback that came back from the client, as scripts may read it. */
export type ScriptAnswer = { type: string; id?: number; output: JsonObject; input: JsonObject }

/** Everything one run of a script may see. Plain JSON: it crosses a thread and a sandbox wall. */
export type ScriptJob = {
  /** Shown in log lines and errors, and the value of the `scriptName` binding. */
  name: string
  /** Names the logger `scripts.<context>.<scriptId>.(<name>)`. */
  id: string
  context: string
  kind: ScriptKind
  source: string
  /** Sources of the library scripts of the realm by name, for `require`. */
  libraries: Readonly<Record<string, string>>
  /** Already narrowed to the inputs that the node declares. */
  state: { shared: JsonObject; secure: JsonObject; transient: JsonObject }
  /** Empty on the first visit. */
  callbacks: readonly ScriptAnswer[]
  /** Custom nodes only: the values of the node's properties. */
  properties?: JsonObject
  /** Transformations only: what is to be transformed, as the bindings `rawProfile` or `normalizedProfile`. */
  profile?: { rawProfile?: JsonObject; normalizedProfile?: JsonObject; selectedIdp: string }
  request: {
    headers: Readonly<Record<string, string[]>>
    parameters: Readonly<Record<string, string[]>>
    cookies: Readonly<Record<string, string>>
    /** Preferred languages, best first. */
    locales: readonly string[]
  }
  /** Properties of the session that the journey runs under; absent when there is none. */
  existingSession?: Readonly<Record<string, string>>
  resumedFromSuspend: boolean
  realm: string
  cookieName: string
  /** Handed to the function given to `action.suspend`; `{0}` of its text. */
  resumeUri: string
  journey: { name: string; identityResource: string; innerJourney: boolean; mustRun: boolean }
}

/** A change of node state, in the order the script made it. */
export type StateWrite =
  | { op: 'putShared' | 'putTransient'; key: string; value: Json }
  | { op: 'mergeShared' | 'mergeTransient'; value: JsonObject }
  | { op: 'remove'; key: string }

/** What a next-generation script asked for through `action`; absent members were not set. */
export type ScriptAction = {
  outcome?: string
  suspend?: { message: string; minutes?: number }
  header?: string
  description?: string
  stage?: string
  errorMessage?: string
  lockoutMessage?: string
  /** null removes the property. */
  sessionProperties?: Record<string, string | null>
  maxSessionMinutes?: number
  maxIdleMinutes?: number
  identified?: { kind: 'user' | 'agent'; name: string }
}

export type ScriptLogLine = {
  level: 'trace' | 'debug' | 'info' | 'warn' | 'error'
  message: string
  /** Milliseconds since the script began; set for runs that are measured. */
  at?: number
}

/** What a run left behind. `outcome`, `config`, `value` and `auditEntryDetail` are the script's: untrusted. */
export type ScriptResult = {
  action: ScriptAction
  callbacks: Callback[]
  outcome?: Json
  config?: Json
  auditEntryDetail?: Json
  /** Transformations only: what the last statement came to. */
  value?: Json
  writes: StateWrite[]
  logs: ScriptLogLine[]
  /** Keys of node state that it looked at. */
  reads: string[]
}

/** `busy`: nothing ran, as too many waited. */
export type ScriptFault = 'syntax' | 'runtime' | 'timeout' | 'memory' | 'host' | 'limit' | 'busy'

/** Why a run has no result. `message` ends with `(<script name>#<line>)` where the line is known. */
export class ScriptError extends Error {
  override readonly name = 'ScriptError'
  readonly fault: ScriptFault
  readonly line: number | undefined
  readonly column: number | undefined
  /** Lines that the script logged before it failed. */
  readonly logs: ScriptLogLine[]

  constructor(
    fault: ScriptFault,
    message: string,
    line?: number,
    logs: ScriptLogLine[] = [],
    column?: number,
  ) {
    super(message)
    this.fault = fault
    this.line = line
    this.column = column
    this.logs = logs
  }
}

/** A call that the script makes and the host answers, for example `openidm.read`. */
export type HostCall = { op: string; args: Json[] }

/** Answers host calls. A rejection reaches the script as an exception with the message of a {@link HostCallError}. */
export type ScriptHost = (call: HostCall) => Promise<Json>

/** A failure that the script may see and catch, like a Java exception on the vendor's engine. */
export class HostCallError extends Error {
  override readonly name = 'HostCallError'
  /** What `e.javaException.getCode()` and `getDetail()` answer. */
  readonly code: number
  readonly detail: JsonObject

  constructor(message: string, code = 500, detail: JsonObject = {}) {
    super(message)
    this.code = code
    this.detail = detail
  }
}

/** What one attempt at a run used: a run with host calls has several. */
export type ScriptUsage = {
  /** Milliseconds, with what the engine itself needs; wall time where the system counts CPU too coarsely. */
  cpuMs: number
  /** What the script held at its end; undefined for one that was ended. */
  memoryBytes: number | undefined
}

/** Runs scripts apart from the server: other thread, other heap, bounded time. */
export interface ScriptEngine {
  /**
   * @param measure hears of every attempt; without it nothing is measured.
   * @throws ScriptError for whatever the script did wrong, and when a limit ended it.
   */
  run(job: ScriptJob, host: ScriptHost, measure?: (usage: ScriptUsage) => void): Promise<ScriptResult>
  /** Checks the syntax alone. @returns the faults found, empty when it compiles. */
  check(name: string, source: string): Promise<{ line: number; column: number; message: string }[]>
  /** How many runs wait for a worker. */
  waiting(): number
  close(): Promise<void>
}
