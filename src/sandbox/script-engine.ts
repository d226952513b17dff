import type { Json, JsonObject } from '../base/json.ts'
import type { Callback } from '../engine/callbacks.ts'

/** The kind of a script. It decides which result the script must set and which bindings it sees. */
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
  | 'accessToken'
  | 'legacyAccessToken'
  | 'claims'
  | 'legacyClaims'

/** The client's answer to one callback, as scripts read it. */
export type ScriptAnswer = { type: string; id?: number; output: JsonObject; input: JsonObject }

/** What OAuth2 scripts read, besides the request. */
export type OauthScriptInput = {
  scopes: readonly string[]
  /** Null for tokens of a client itself. */
  userName: string | null
  /** Properties of the person's session, if the request has one. */
  session: Readonly<Record<string, string>> | null
  clientProperties: JsonObject
  requestProperties: JsonObject
  token?: JsonObject
  claims?: JsonObject
  requestedClaims?: Readonly<Record<string, readonly string[]>>
  claimsLocales: readonly string[]
}

/** Everything that one script run can see. Plain JSON, because it crosses a thread and the sandbox boundary. */
export type ScriptJob = {
  /** Used in log lines and errors, and the value of the `scriptName` binding. */
  name: string
  /** Part of the logger name `scripts.<context>.<scriptId>.(<name>)`. */
  id: string
  context: string
  kind: ScriptKind
  source: string
  /** Sources of the realm's library scripts by name, for `require`. */
  libraries: Readonly<Record<string, string>>
  /** Contains only the inputs that the node declares. */
  state: { shared: JsonObject; secure: JsonObject; transient: JsonObject }
  /** Empty on the first visit. */
  callbacks: readonly ScriptAnswer[]
  /** Custom nodes only: the values of the node's properties. */
  properties?: JsonObject
  /** Transformations only: values of the bindings `rawProfile`, `normalizedProfile` or `jwtClaims`. */
  profile?: {
    rawProfile?: JsonObject
    normalizedProfile?: JsonObject
    jwtClaims?: JsonObject
    selectedIdp: string
  }
  /** OAuth2 scripts only. */
  oauth?: OauthScriptInput
  request: {
    headers: Readonly<Record<string, string[]>>
    parameters: Readonly<Record<string, string[]>>
    cookies: Readonly<Record<string, string>>
    /** Preferred languages, best first. */
    locales: readonly string[]
  }
  /** Properties of the session that the journey runs under. */
  existingSession?: Readonly<Record<string, string>>
  resumedFromSuspend: boolean
  realm: string
  cookieName: string
  /** Passed to the function given to `action.suspend`, and replaces `{0}` in its text. */
  resumeUri: string
  journey: { name: string; identityResource: string; innerJourney: boolean; mustRun: boolean }
}

/** A change of node state. Writes keep the script's order. */
export type StateWrite =
  | { op: 'putShared' | 'putTransient'; key: string; value: Json }
  | { op: 'mergeShared' | 'mergeTransient'; value: JsonObject }
  | { op: 'remove'; key: string }

/** The result of the `action` binding of a next-generation script. */
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
  /** Milliseconds since the start of the script. Only in measured runs. */
  at?: number
}

/** The result of a run. `outcome`, `config`, `value` and `auditEntryDetail` come from the script and are untrusted. */
export type ScriptResult = {
  action: ScriptAction
  callbacks: Callback[]
  outcome?: Json
  config?: Json
  auditEntryDetail?: Json
  /** Transformations and claims: the value of the last statement. Access tokens: what the script changed. */
  value?: Json
  writes: StateWrite[]
  logs: ScriptLogLine[]
  /** State keys that the script read. */
  reads: string[]
}

/** `busy`: the script did not run because the queue is full. */
export type ScriptFault = 'syntax' | 'runtime' | 'timeout' | 'memory' | 'host' | 'limit' | 'busy'

/** A failed run. `message` ends with `(<script name>#<line>)` if the line is known. */
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

/** A call from the script that the host answers, such as `openidm.read`. */
export type HostCall = { op: string; args: Json[] }

/** Answers host calls. The script gets a {@link HostCallError} as an exception with its message. */
export type ScriptHost = (call: HostCall) => Promise<Json>

/** A failure that the script can catch, like a Java exception on the vendor's engine. */
export class HostCallError extends Error {
  override readonly name = 'HostCallError'
  /** Returned by `e.javaException.getCode()` and `getDetail()`. */
  readonly code: number
  readonly detail: JsonObject

  constructor(message: string, code = 500, detail: JsonObject = {}) {
    super(message)
    this.code = code
    this.detail = detail
  }
}

/** Resources that one attempt used. A run with host calls has several attempts. */
export type ScriptUsage = {
  /** CPU milliseconds including the engine's overhead; wall time on systems that count CPU time too coarsely. */
  cpuMs: number
  /** Memory of the script at its end; undefined for a killed script. */
  memoryBytes: number | undefined
}

/** Runs scripts in isolation: in another thread, with their own heap and limited time. */
export interface ScriptEngine {
  /**
   * @param measure called after every attempt. Without it, nothing is measured.
   * @throws ScriptError for faults of the script, and when it exceeds a limit.
   */
  run(job: ScriptJob, host: ScriptHost, measure?: (usage: ScriptUsage) => void): Promise<ScriptResult>
  /** Checks the syntax without running the script. @returns the faults, empty if it compiles. */
  check(name: string, source: string): Promise<{ line: number; column: number; message: string }[]>
  /** Number of runs that wait for a worker. */
  waiting(): number
  /** Worker threads that have started, and their maximum. */
  workers(): { started: number; max: number }
  close(): Promise<void>
}
