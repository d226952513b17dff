import { isDeepStrictEqual } from 'node:util'
import type { Json, JsonObject } from '../base/json.ts'
import { isSecretState } from '../base/looks-secret.ts'
import type { Action } from '../engine/action.ts'
import { type Answer, secretAnswers } from '../engine/callbacks.ts'
import type { NodeState, StateSnapshot } from '../engine/node-state.ts'
import type { RecordedRead, RecordedStep, RecordedWrite, WatchedRun } from '../engine/recorded-step.ts'
import type { ScriptException } from '../engine/script-exception.ts'
import { Mask } from './mask.ts'

/** How much of a run is kept. */
export type RunLimits = {
  steps: number
  /** UTF-16 units of JSON. */
  length: number
}

export const runLimits: RunLimits = { steps: 300, length: 256 * 1024 }

/** UTF-16 units of JSON. */
const maxValueLength = 2048
const maxLines = 50

type Place = Pick<RecordedStep, 'nodeId' | 'nodeType' | 'displayName'>

type Ending = { action: Action; reason?: string | undefined; standIns?: readonly string[] }

type OpenVisit = { log: RecordedStep['log']; exception?: ScriptException }

/** Records one request of a run that an administrator watches. It never changes what nodes see or do. */
export class RunRecorder {
  readonly #mask = new Mask()
  readonly #run: WatchedRun
  readonly #request: number
  readonly #at: number
  readonly #limits: RunLimits
  readonly #maskedKeys: Set<string>
  readonly #steps: RecordedStep[]
  /** Innermost last. */
  readonly #open: OpenVisit[] = []
  #journeys: readonly string[] = []
  #order = 0

  /**
   * @param secrets texts to mask everywhere.
   * @param at epoch milliseconds.
   */
  constructor(
    run: WatchedRun,
    {
      request,
      at,
      secrets,
      limits,
    }: {
      request: number
      at: number
      secrets: readonly (string | undefined)[]
      limits: RunLimits
    },
  ) {
    this.#run = run
    this.#request = request
    this.#at = at
    this.#limits = limits
    this.#steps = [...run.steps]
    this.#maskedKeys = new Set(run.maskedKeys)
    for (const secret of secrets) this.#mask.hide(secret)
  }

  /** Sets the journey and order number of the next node. */
  enter(journeys: readonly string[], order: number): void {
    this.#journeys = journeys
    this.#order = order
  }

  /** Starts recording a node. @returns a function to call with its state at the end. */
  begin(place: Place, page: string | null, state: NodeState, answers: readonly Answer[]) {
    const before = state.snapshot()
    const startedAt = performance.now()
    const visit: OpenVisit = { log: [] }
    this.#open.push(visit)
    for (const { type, input } of answers) if (secretAnswers.has(type)) this.#mask.hide(input)
    return (after: StateSnapshot, { action, reason, standIns = [] }: Ending): void => {
      this.#open.splice(this.#open.indexOf(visit))
      this.#learn(before)
      this.#learn(after)
      const log = visit.log.map(({ level, message }) => ({ level, message: this.#mask.text(message) }))
      this.#steps.push({
        request: this.#request,
        order: this.#order,
        at: this.#at,
        journeys: [...this.#journeys],
        page,
        ...place,
        ...resultOf(action),
        ...(reason === undefined ? {} : { reason: this.#mask.sentence(reason) }),
        ...this.#exceptionOf(visit),
        ...(standIns.length === 0 ? {} : { standIns: [...standIns] }),
        duration: Math.round((performance.now() - startedAt) * 1000) / 1000,
        callbacks: action.kind === 'send' ? action.callbacks.map(({ type }) => type) : [],
        reads: [...state.keysRead].map((key) => this.#read(key, before)),
        writes: [...state.keysWritten].map((key) => this.#write(key, before, after)),
        log,
      })
    }
  }

  /** Adds a log line to the innermost node. */
  line(level: RecordedStep['log'][number]['level'], message: string): void {
    const log = this.#open.at(-1)?.log
    if (log !== undefined && log.length < maxLines) log.push({ level, message: cutText(message) })
  }

  /** Adds the exception of a script to the innermost node. */
  exception(exception: ScriptException): void {
    const visit = this.#open.at(-1)
    if (visit !== undefined) visit.exception = exception
  }

  /** The run including this request. Drops the oldest steps to stay within the limits. */
  recorded(): WatchedRun {
    const first = this.#firstKept()
    return {
      ...this.#run,
      steps: this.#steps.slice(first),
      isCut: this.#run.isCut || first > 0,
      maskedKeys: [...this.#maskedKeys],
    }
  }

  #firstKept(): number {
    const { steps, length: most } = this.#limits
    if (this.#steps.length <= steps && most === Number.POSITIVE_INFINITY) return 0
    const lengths = this.#steps.map((step) => JSON.stringify(step).length)
    let first = Math.max(0, this.#steps.length - steps)
    let total = lengths.slice(first).reduce((sum, length) => sum + length, 0)
    for (; total > most && first < this.#steps.length; first++) total -= lengths[first] ?? 0
    return first
  }

  /** Transient and secure state are secret. So is a shared key that contains, or once contained, a secret. */
  #learn({ transient, secure, shared }: StateSnapshot): void {
    this.#mask.hide(transient)
    this.#mask.hide(secure)
    this.#mask.hideNamed(shared)
    for (const key of this.#maskedKeys) this.#mask.hide(shared[key])
    for (const [key, value] of Object.entries(shared)) {
      if (isSecretState(key) || this.#mask.holdsHidden(value)) this.#maskedKeys.add(key)
    }
  }

  #exceptionOf({ exception }: OpenVisit): Pick<RecordedStep, 'exception'> {
    if (exception === undefined) return {}
    return {
      exception: {
        ...exception,
        message: cutText(
          // rule R8: otherwise an exception shows the secret that it contains
          this.#mask.text(exception.message),
        ),
      },
    }
  }

  #read(key: string, state: StateSnapshot): RecordedRead {
    const isPrivate = isIn(state.transient, key) || isIn(state.secure, key)
    return { key, ...(isPrivate ? { isMasked: true } : {}), ...visibleAs('value', this.#visible(key, state)) }
  }

  #write(key: string, before: StateSnapshot, after: StateSnapshot): RecordedWrite {
    const parts = [before.transient, before.secure, after.transient, after.secure]
    const isPrivate = parts.some((part) => isIn(part, key))
    const was = visibleAs('before', this.#visible(key, before))
    const is = visibleAs('after', this.#visible(key, after))
    return {
      key,
      ...changeOf(key, before, after),
      ...was,
      ...is,
      ...(isPrivate ? { isMasked: true } : {}),
    }
  }

  /** The visible value of a key: the one in shared state, unless it is secret. */
  #visible(key: string, { shared }: StateSnapshot): Visible {
    if (!isIn(shared, key)) return 'absent'
    if (this.#maskedKeys.has(key)) return 'masked'
    const value = this.#mask.value(shared[key] ?? null)
    return value === undefined ? 'masked' : { value }
  }
}

type Visible = 'absent' | 'masked' | { value: Json }

function visibleAs(member: 'value' | 'before' | 'after', visible: Visible) {
  if (visible === 'absent') return {}
  if (visible === 'masked') return { isMasked: true } as const
  const text = JSON.stringify(visible.value)
  if (text.length <= maxValueLength) return { [member]: visible.value }
  return { [member]: cutText(text), isCut: true } as const
}

function cutText(text: string): string {
  return text.length <= maxValueLength ? text : `${text.slice(0, maxValueLength)}…`
}

function resultOf(action: Action): Pick<RecordedStep, 'result' | 'outcome'> {
  switch (action.kind) {
    case 'goTo':
      return { result: 'outcome', outcome: action.outcome }
    case 'send':
      return { result: 'callbacks' }
    case 'suspend':
      return { result: 'suspended' }
    case 'enter':
      return { result: 'entered' }
    case 'error':
      return { result: 'error' }
  }
}

function changeOf(key: string, before: StateSnapshot, after: StateSnapshot): Pick<RecordedWrite, 'change'> {
  const parts = ['shared', 'transient', 'secure'] as const
  if (parts.every((part) => isDeepStrictEqual(before[part][key], after[part][key]))) return {}
  if (!parts.some((part) => isIn(before[part], key))) return { change: 'added' }
  return { change: parts.some((part) => isIn(after[part], key)) ? 'changed' : 'removed' }
}

function isIn(part: JsonObject, key: string): boolean {
  return Object.hasOwn(part, key)
}
