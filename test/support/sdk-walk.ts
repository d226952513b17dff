import type { SdkCallback, SdkClient, SdkFailure, SdkResult, SdkStep, SdkSuccess } from './sdk-clients.ts'

// A walk through a journey with a client of the vendor: the answers to each step, and the expected end.

/** Data for a walk: the current step and the world. */
export type Moment<World> = { step: SdkStep; client: SdkClient; world: World }

/** A value, or a function that computes it from the step. */
type Given<World> = unknown | ((moment: Moment<World>) => unknown)

/**
 * Answers to a step by type of callback: one value for each callback of that type, or one for all. A plain
 * object sets inputs by the suffix of their names.
 */
type Answers<World> = Record<string, Given<World>>

/** Answers, or another reaction to a step, such as opening a link. */
type Turn<World> = Answers<World> | ((moment: Moment<World>) => Promise<SdkResult>)

export type Walk<World> = {
  journey: string
  /** Finishes the sentence "the journey ...". */
  does: string
  turns: Turn<World>[]
  /** The expected end: the text of a failure, the text of a page, or members of a success. */
  fails?: string
  stays?: string
  succeeds?: Partial<{ url: string; realm: string; more: object }>
  query?: Record<string, string> | ((world: World) => Record<string, string>)
  /** Repeats the query of the start with every answer, like a page that keeps its address. */
  keepsQuery?: boolean
  headers?: Record<string, string>
  /** Keeps the cookies of the previous walk. */
  keepsCookies?: boolean
}

/** Plays all turns. @throws Error if a step does not match its answers. */
export async function walk<World>(client: SdkClient, world: World, row: Walk<World>) {
  const { journey, turns, keepsQuery } = row
  const query = typeof row.query === 'function' ? row.query(world) : row.query
  let result = await client.start(journey, query)
  for (const [place, turn] of turns.entries()) {
    if (result.type !== 'Step')
      throw new Error(`turn ${place + 1}: the journey already ended in ${described(result)}`)
    const moment = { step: result, client, world }
    if (typeof turn === 'function') result = await turn(moment)
    else {
      await answer(moment, turn)
      result = await client.next(result, keepsQuery ? query : undefined)
    }
  }
  return result
}

async function answer<World>(moment: Moment<World>, answers: Answers<World>): Promise<void> {
  const { callbacks } = moment.step
  for (const [type, given] of Object.entries(answers)) {
    const ofType = callbacks.filter((callback) => callback.getType() === type)
    if (ofType.length === 0) throw new Error(`no ${type} in ${described(moment.step)}`)
    const value: unknown = typeof given === 'function' ? await given(moment) : given
    const values = Array.isArray(value) ? value : ofType.map(() => value)
    if (values.length !== ofType.length)
      throw new Error(`${ofType.length} of ${type} in ${described(moment.step)}`)
    for (const [place, callback] of ofType.entries()) fill(callback, values[place])
  }
}

/** Skips callbacks without an answer. */
function fill(callback: SdkCallback, value: unknown): void {
  if (value === undefined) return
  const isOne = typeof value !== 'object' || value === null
  if (isOne) callback.setInputValue(value)
  for (const [name, each] of Object.entries(isOne ? {} : value)) {
    callback.setInputValue(each, new RegExp(`^IDToken\\d+${name}$`))
  }
}

/** An output of the first callback that has one with this name. */
export function outputOf(step: SdkStep, name: string): unknown {
  return step.callbacks
    .map((callback) => callback.getOutputByName<unknown>(name, undefined))
    .find((each) => each !== undefined)
}

/** The output of a HiddenValueCallback; other callbacks also have an output with this name. */
export function hiddenValue(step: SdkStep): string {
  const hidden = step.callbacks.find((callback) => callback.getType() === 'HiddenValueCallback')
  return hidden?.getOutputByName('value', '') ?? ''
}

/** A result as text, for test failures. */
function described(result: SdkResult): string {
  if (result.type === 'Step') return result.callbacks.map((callback) => callback.getType()).join(', ')
  return result.type === 'LoginFailure' ? `a failure, ${result.getMessage()}` : 'a success'
}

/** The parts of an end that a test compares. */
export function endOf(result: SdkResult) {
  if (result.type === 'LoginFailure') {
    const failure: SdkFailure = result
    return { type: failure.type, message: failure.getMessage() ?? '' }
  }
  if (result.type === 'Step') {
    return { type: result.type, message: described(result), says: outputOf(result, 'message') }
  }
  const success: SdkSuccess = result
  return { type: success.type, url: success.getSuccessUrl(), realm: success.getRealm() }
}
