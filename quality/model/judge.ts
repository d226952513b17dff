import { isDeepStrictEqual } from 'node:util'
import { webhookEvents } from '../../src/help-desk/webhooks/webhook.ts'
import type { Asked } from './conditions.ts'
import { type Changes, machine } from './machine.ts'
import type { Content, Thing, Things } from './rows.ts'

/** An answer that a client got: to which operation on which check. */
export type Told = Readonly<{
  operation: string
  id: string
  by: string
  key?: string | undefined
  answer: string
}>

const hooked: ReadonlySet<string> = new Set(webhookEvents)

/**
 * Compares a saved or refused unit with the reference machine.
 * @returns whether something changed, or what is wrong.
 */
export function judge(
  rule: string,
  asked: Asked,
  before: Content,
  after: Content,
): boolean | { wrong: string } {
  const allowed = machine[rule]?.(before.things, asked)
  if (allowed === undefined) {
    return before === after
      ? false
      : { wrong: `“${rule}” is not allowed, but it changed ${difference(before.things, after.things)}` }
  }
  const expected = applied(before.things, allowed)
  if (!isDeepStrictEqual(expected, after.things)) {
    return { wrong: `“${rule}” must lead to other rows: ${difference(expected, after.things)}` }
  }
  return wrongEvents(allowed, asked.now, before, after) ?? true
}

function applied(before: Things, changes: Changes): Things {
  const after: Record<string, Thing> = { ...before }
  for (const [id, change] of Object.entries(changes)) {
    if (change === undefined) {
      delete after[id]
      continue
    }
    const { event, ...columns } = change
    const thing = before[id] ?? {}
    after[id] = { ...thing, ...columns, ...(event && { sequence: Number(thing.sequence) + 1 }) }
  }
  return after
}

/** Each change has its event, with its time, or that of the event before if that is later. */
function wrongEvents(
  changes: Changes,
  now: number,
  before: Content,
  after: Content,
): { wrong: string } | undefined {
  const expected = Object.entries(changes).flatMap(([id, { event } = {}]) => {
    const times = before.events.filter(([of]) => of === id).map(([, , at]) => Number(at))
    return event === undefined ? [] : [`${id} ${event} at ${Math.max(now, ...times)}`]
  })
  const old = new Set(before.events.map(([id, sequence]) => `${id} ${sequence}`))
  const added = after.events
    .filter(([id, sequence]) => !old.has(`${id} ${sequence}`))
    .map(([id, , at, kind]) => `${id} ${kind} at ${at}`)
  if (isDeepStrictEqual(expected.toSorted(), added.toSorted())) return undefined
  return {
    wrong: `the timeline got ${added.join(', ') || 'nothing'} instead of ${expected.join(', ') || 'nothing'}`,
  }
}

function difference(one: Things, other: Things): string {
  const found = Object.keys({ ...one, ...other }).flatMap((id) =>
    Object.keys({ ...one[id], ...other[id] })
      .filter((column) => !isDeepStrictEqual(one[id]?.[column], other[id]?.[column]))
      .map((column) => `${id}.${column} from ${text(one[id]?.[column])} to ${text(other[id]?.[column])}`),
  )
  return found.join(', ') || 'the timeline or deliveries'
}

const text = (value: unknown) => JSON.stringify(value) ?? 'nothing'

/** Checks what holds in every state. @returns the first sentence that is broken. */
export function brokenInvariant(content: Content, told: readonly Told[], now: number): string | undefined {
  return brokenRows(content) ?? brokenWord(content.things, told, now)
}

const judged = new WeakMap<Content, { broken: string | undefined }>()

function brokenRows(content: Content): string | undefined {
  const known = judged.get(content) ?? { broken: brokenTimeline(content) ?? brokenDeliveries(content) }
  judged.set(content, known)
  return known.broken
}

/** Events are numbered from 1 without gaps, and their times never decrease. */
function brokenTimeline({ events, things }: Content): string | undefined {
  const newest: Record<string, { sequence: number; at: number }> = {}
  for (const [hash, sequence, at] of events) {
    const id = String(hash)
    const last = newest[id] ?? { sequence: 0, at: 0 }
    if (sequence !== last.sequence + 1) return `event ${last.sequence + 1} of ${id} is missing`
    if (Number(at) < last.at) return `event ${sequence} of ${id} is earlier than the one before`
    newest[id] = { sequence: Number(sequence), at: Number(at) }
  }
  const wrong = Object.entries(things).find(
    ([id, { sequence }]) => sequence !== undefined && sequence !== (newest[id]?.sequence ?? 0),
  )
  return wrong && `the newest event of ${wrong[0]} has another number than its row`
}

/** Each event of a check and each answer to a request has one delivery, and the call at the end is made once. */
function brokenDeliveries({ events, deliveries, things }: Content): string | undefined {
  const countOf = (...wanted: readonly unknown[]) =>
    deliveries.filter((row) => wanted.every((value, index) => value === undefined || row[index] === value))
      .length
  for (const [id, thing] of Object.entries(things)) {
    if (thing.realm !== '/alpha') continue
    const isAnswered = thing.state === 'approved' || thing.state === 'declined'
    if (isAnswered && countOf('delivery', `hook.${id}.approval.${thing.state}`) !== 1)
      return `the answer to ${id} was not delivered once`
    if (thing.is_bound === undefined) continue
    if (countOf('delivery', id, 'used') !== Number(thing.used_at !== null))
      return `the use of ${id} was not delivered once`
    const isOwed = countOf('owed', id) === 1
    const isMade = deliveries.some(
      ([what, , source, , call]) => what === 'call' && source === 'sealed' && call === `end-${id}`,
    )
    if (isOwed === isMade || isMade !== (thing.ended_at !== null))
      return `the call at the end of ${id} is not made once`
  }
  const missed = events.find(([id, sequence, , kind]) => {
    const thing = things[String(id)]
    if (thing?.realm !== '/alpha') return false
    const isDue = kind === 'state' || hooked.has(String(kind))
    return countOf('delivery', id, undefined, sequence) !== Number(isDue)
  })
  return missed && `event ${missed[1]} of ${missed[0]} was not delivered once`
}

type Holds = (check: Thing, told: Told, now: number) => boolean

const isUser: Holds = ({ used_by }, { by }) => used_by === by

/** What the answers of operations promise for good. */
const promises: Readonly<Record<string, Holds>> = {
  success: ({ result }) => result === 'APPROVED',
  denied: ({ denial }, { key }) => denial === key,
  late: ({ rejected_at }) => rejected_at !== null,
  answered: ({ state }, { key }) => state === key,
  right: ({ matched_at }) => matched_at !== null,
  'cancel yes': ({ is_cancelled }) => is_cancelled === 1,
  'use yes': isUser,
  'use again': isUser,
  'useAtOnce yes': isUser,
  'useAtOnce again': isUser,
  'withdraw yes': ({ withdrawn_by, used_at }, { by }) => withdrawn_by === by && used_at === null,
  'poll approved': (check, _, now) => ending(check, now) === 'approved',
  'poll cancelled': (check, _, now) => ending(check, now) === 'cancelled',
  'poll expired': (check, _, now) => ending(check, now) === 'expired',
  'poll denied': (check, _, now) => ending(check, now) === 'denied',
}

function promiseOf({ operation, answer }: Told): Holds | undefined {
  return promises[`${operation} ${answer}`] ?? promises[answer]
}

/** Whether an answer must stay true. */
export function isPromise(told: Told): boolean {
  return promiseOf(told) !== undefined
}

function ending({ is_cancelled, state, result, expires_at }: Thing, now: number): string | undefined {
  if (is_cancelled === 1) return 'cancelled'
  if (state === 'COMPLETED') return result === 'APPROVED' ? 'approved' : 'denied'
  return Number(expires_at) <= now ? 'expired' : undefined
}

function brokenWord(things: Things, told: readonly Told[], now: number): string | undefined {
  const wrong = told.find((each) => {
    const holds = promiseOf(each)
    return holds !== undefined && !holds(things[each.id] ?? {}, each, now)
  })
  if (wrong !== undefined)
    return `${wrong.by} got the answer “${wrong.answer}” to “${wrong.operation}”, which is no longer true`
  const successes = told.filter(({ operation, answer }) => operation.startsWith('use') && answer === 'yes')
  return new Set(successes.map(({ id }) => id)).size < successes.length
    ? 'a result was used twice'
    : undefined
}
