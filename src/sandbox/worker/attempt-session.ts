import { createCipheriv, randomBytes } from 'node:crypto'
import type { JsonObject } from '../../base/json.ts'
import type { ScriptLimits } from '../limits.ts'
import type { ScriptFault, ScriptLogLine } from '../script-engine.ts'
import type { Attempt, StateLayer } from './messages.ts'

/** Maximum length of a log line, in UTF-16 units. */
const LOG_LINE_LENGTH = 8192

/** Maximum number of random bytes per call: enough for any key. */
const RANDOM_BYTES = 65_536

/** In order of precedence for reads. */
const layers: readonly StateLayer[] = ['transient', 'secure', 'shared']
const inOrder: readonly StateLayer[] = ['shared', 'secure', 'transient']

const levels = ['trace', 'debug', 'info', 'warn', 'error'] as const

/** CPU time of this thread, in milliseconds. */
export function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** The reason why an attempt must end. The script can't catch it. */
export type Stop =
  | { kind: 'call'; op: string; args: string }
  | { kind: 'fault'; fault: ScriptFault; message: string }

/** The host side of one attempt: answers the guest's calls, and decides when it has to stop. */
export class AttemptSession {
  readonly logs: ScriptLogLine[] = []
  /** Existing keys of node state that the script read. */
  readonly reads = new Set<string>()
  /** Messages of host failures that the script has seen. */
  readonly hostFailures = new Set<string>()
  stop: Stop | undefined
  /** 32 bytes in base64, made when the run first uses random bytes. */
  randomKey: string | undefined
  readonly #attempt: Attempt
  readonly #limits: ScriptLimits
  readonly #cpuEnd: number
  readonly #wallStart = performance.now()
  readonly #layers: Partial<Record<StateLayer, JsonObject>> = {}
  #position = 0
  #now: number
  #random: ReturnType<typeof createCipheriv> | undefined

  /** @param cpuMs CPU time of this thread at the start of the attempt. */
  constructor(attempt: Attempt, limits: ScriptLimits, cpuMs: number) {
    this.#attempt = attempt
    this.#limits = limits
    this.#now = attempt.startedAt
    this.randomKey = attempt.randomKey
    this.#cpuEnd = cpuMs + attempt.cpuMs
  }

  now(): number {
    return this.#now
  }

  /** Wall time is cheaper to read, so it is checked first. Only CPU time ends a script, because the machine may be busy. */
  isOver(): boolean {
    if (this.stop) return true
    if (performance.now() - this.#wallStart < this.#attempt.cpuMs || threadCpuMs() < this.#cpuEnd)
      return false
    this.fail('timeout', 'Script used too much CPU time')
    return true
  }

  fail(fault: ScriptFault, message: string): void {
    this.stop ??= { kind: 'fault', fault, message }
  }

  /** Returns recorded answers in order. The first call without one ends the attempt. */
  call(op: string, args: string): string {
    if (args.length > this.#limits.resultBytes) this.fail('limit', `Arguments of ${op} are too large`)
    const recorded = this.#attempt.recorded[this.#position]
    if (this.stop || recorded === undefined) {
      this.stop ??= { kind: 'call', op, args }
      throw new Error('The script waits for the host')
    }
    if (recorded.op !== op || recorded.args !== args) {
      this.fail('host', `Script is not repeatable: it called ${op} where it had called ${recorded.op} before`)
      throw new Error('The script is not repeatable')
    }
    if (recorded.failure !== undefined) this.hostFailures.add(recorded.failure)
    this.#position++
    this.#now = recorded.answeredAt
    return recorded.answer
  }

  request(): string {
    return this.#attempt.request
  }

  readState(key: string, layer: StateLayer | undefined): string | undefined {
    for (const each of layer === undefined ? layers : [layer]) {
      const values = this.#layer(each)
      if (!Object.hasOwn(values, key)) continue
      // Unknown keys are not recorded, because the script can invent them.
      this.reads.add(key)
      return JSON.stringify(values[key])
    }
    return undefined
  }

  stateKeys(): string {
    return JSON.stringify([...new Set(inOrder.flatMap((layer) => Object.keys(this.#layer(layer))))])
  }

  #layer(name: StateLayer): JsonObject {
    // The server made this text from a JSON object.
    this.#layers[name] ??= JSON.parse(this.#attempt.state[name]) as JsonObject
    return this.#layers[name]
  }

  log(level: string, message: string): void {
    if (this.logs.length > this.#limits.logLines) return
    if (this.logs.length === this.#limits.logLines) {
      this.logs.push({ level: 'warn', message: 'More log lines were dropped' })
      return
    }
    const known = levels.find((name) => name === level) ?? 'info'
    const line = { level: known, message: message.slice(0, LOG_LINE_LENGTH) }
    this.logs.push(this.#attempt.isMeasured ? { ...line, at: performance.now() - this.#wallStart } : line)
  }

  /** Random bytes from a key stream: unpredictable, but the same in every attempt of a run. */
  random(count: number): string {
    this.randomKey ??= randomBytes(32).toString('base64')
    this.#random ??= createCipheriv('aes-256-ctr', Buffer.from(this.randomKey, 'base64'), new Uint8Array(16))
    const length = Number.isInteger(count) ? Math.min(Math.max(count, 0), RANDOM_BYTES) : 0
    return this.#random.update(new Uint8Array(length)).toString('latin1')
  }
}
