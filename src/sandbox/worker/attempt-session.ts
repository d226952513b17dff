import { createCipheriv } from 'node:crypto'
import type { ScriptLimits } from '../limits.ts'
import type { ScriptFault, ScriptLogLine } from '../script-engine.ts'
import type { Attempt, StateLayer } from './messages.ts'

/** Longest log line, UTF-16 units; the rest is cut. */
const LOG_LINE_LENGTH = 8192

/** Random bytes for one request of a script: enough for any key. */
const RANDOM_BYTES = 65_536

const levels = ['trace', 'debug', 'info', 'warn', 'error'] as const

/** Milliseconds of CPU that this thread has used. */
export function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** Why an attempt cannot go on, whatever the script does about it. */
export type Stop =
  | { kind: 'call'; op: string; args: string }
  | { kind: 'fault'; fault: ScriptFault; message: string }

/** The host's side of one attempt: answers what the guest asks, and decides when it has to stop. */
export class AttemptSession {
  readonly logs: ScriptLogLine[] = []
  /** Keys of node state that the script asked for and that are there. */
  readonly reads = new Set<string>()
  /** Messages of host failures that the script was shown. */
  readonly hostFailures = new Set<string>()
  stop: Stop | undefined
  readonly #attempt: Attempt
  readonly #limits: ScriptLimits
  readonly #cpuEnd: number
  readonly #wallStart = performance.now()
  #position = 0
  #now: number
  #random: ReturnType<typeof createCipheriv> | undefined

  constructor(attempt: Attempt, limits: ScriptLimits) {
    this.#attempt = attempt
    this.#limits = limits
    this.#now = attempt.startedAt
    this.#cpuEnd = threadCpuMs() + attempt.cpuMs
  }

  now(): number {
    return this.#now
  }

  /** CPU time decides, as a busy machine must not end an innocent script; wall time is the cheaper question. */
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

  /** Serves recorded answers by place; the first call beyond them ends the attempt. */
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

  readState(key: string, layer: StateLayer | undefined): string | undefined {
    const { transient, secure, shared } = this.#attempt.state
    const text =
      layer === undefined
        ? (transient.get(key) ?? secure.get(key) ?? shared.get(key))
        : this.#attempt.state[layer].get(key)
    // Any other key is a text that the script made up.
    if (text !== undefined) this.reads.add(key)
    return text
  }

  stateKeys(): string {
    const { shared, secure, transient } = this.#attempt.state
    return JSON.stringify([...new Set([...shared.keys(), ...secure.keys(), ...transient.keys()])])
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

  /** A key stream: unguessable, and the same in every attempt of one run. */
  random(count: number): string {
    this.#random ??= createCipheriv('aes-256-ctr', this.#attempt.randomKey, new Uint8Array(16))
    const length = Number.isInteger(count) ? Math.min(Math.max(count, 0), RANDOM_BYTES) : 0
    return this.#random.update(new Uint8Array(length)).toString('latin1')
  }
}
