import type { CheckEvent, CheckRow, CheckSnapshot } from '../api/help-desk.ts'
import { plainText } from './plain-text.ts'
import { type Grant, type ResultState, resultStateOf } from './result-state.ts'

/** The state of a check as a page knows it. Updates only add to it; an older snapshot never removes anything. */
export type Check = {
  reference: string
  /** Epoch milliseconds. */
  expiresAt: number
  /** Sorted by sequence, without duplicates. */
  events: readonly CheckEvent[]
  link: string | undefined
  /** The code that the agent reads to the caller; undefined if the caller's journey asks for none. */
  code: string | undefined
  /** The code that proves the agent to the caller; undefined until the caller's page shows it. */
  reverseCode: string | undefined
  /** Whether the viewer is the check's agent, who will get the codes. */
  hasCodes: boolean
}

/** The steps of a check in order, then what its result is good for, then the other endings. */
export type Standing =
  | 'created'
  /** The link's page is shown, and nobody went on yet. */
  | 'viewed'
  | 'opened'
  | 'signing-in'
  | 'checking'
  | ResultState
  | 'not-verified'
  | 'wrong-code'
  | 'not-me'
  | 'called-me'
  /** Another check of the same person was reported as an attack, which ended this one. */
  | 'reported'
  | 'not-vouched'
  | 'wrong-person'
  | 'expired'
  | 'cancelled'

/** By the kind of the last event, or the ending of a row. */
const endings: Readonly<Record<string, Standing>> = {
  approved: 'proven',
  denied: 'not-verified',
  notMe: 'not-me',
  calledMe: 'called-me',
  reported: 'reported',
  notVouched: 'not-vouched',
  cancelled: 'cancelled',
  expired: 'expired',
  wrongCode: 'wrong-code',
  wrongPerson: 'wrong-person',
}

/** The standing of a check with an ending, as lists and numbers name it. */
export function endingStanding(ending: string): Standing | undefined {
  return endings[ending]
}

/** Data of a check from its feed or its record. The link and the codes in a feed are for its journey and its agent. */
export type CheckData = Pick<CheckSnapshot, 'reference' | 'expiresAt' | 'timeline'> &
  Partial<Pick<CheckSnapshot, 'redirectUri' | 'code' | 'reverseCode'>>

export function checkFrom(data: CheckData): Check {
  const { reference, expiresAt } = data
  const nothing = { link: undefined, code: undefined, reverseCode: undefined, hasCodes: false }
  return addData({ reference, expiresAt, events: [], ...nothing }, data)
}

/** @returns the same object if the data adds nothing. */
export function addData(check: Check, data: CheckData): Check {
  const added = {
    ...data.timeline.reduce(addEvent, check),
    expiresAt: data.expiresAt,
    link: data.redirectUri ?? check.link,
    code: data.code ?? check.code,
    reverseCode: data.reverseCode ?? check.reverseCode,
    hasCodes: check.hasCodes || data.reverseCode !== undefined,
  }
  const names = ['events', 'expiresAt', 'link', 'code', 'reverseCode', 'hasCodes'] as const
  return names.every((name) => added[name] === check[name]) ? check : added
}

/** @returns the same object if the check already has the event. `expired` events have no sequence number. */
export function addEvent(check: Check, event: CheckEvent): Check {
  const isKnown = check.events.some(
    ({ kind, sequence }) =>
      sequence === event.sequence && (event.sequence !== undefined || kind === event.kind),
  )
  if (isKnown) return check
  const events = [...check.events, event].toSorted((a, b) => orderOf(a) - orderOf(b))
  return { ...check, events, reverseCode: event.reverseCode ?? check.reverseCode }
}

function orderOf({ sequence }: CheckEvent): number {
  return sequence ?? Number.POSITIVE_INFINITY
}

/**
 * A rejection overrides any result, even afterwards. A sign-in by the wrong person approves nothing, and stays an alarm
 * until the right person is verified.
 * @param grant what the server says about the result; undefined until it has been read.
 */
export function standingOf({ events }: Check, grant?: Grant | null): Standing {
  const kinds = new Set(events.map(({ kind }) => kind))
  const late = events.find(({ kind }) => kind === 'rejected')
  if (late !== undefined) return endings[late.reason ?? ''] ?? 'not-me'
  if (kinds.has('notMe')) return 'not-me'
  const end = events.map((event) => endingOf(event)).find((standing) => standing !== undefined)
  if (end === 'proven') return kinds.has('withdrawn') ? 'withdrawn' : resultStateOf(grant)
  if (kinds.has('wrongPerson')) return 'wrong-person'
  if (end !== undefined) return end
  // After a failed sign-in the caller starts over, so earlier events don't describe the new attempt.
  const latest = events.slice(events.findLastIndex(({ kind }) => kind === 'signInFailed') + 1)
  const texts = new Set(latest.flatMap((event) => statusText(event) ?? []))
  if (texts.size > 1) return 'checking'
  if (texts.size === 1 || latest.some(({ kind }) => kind === 'codeMatched')) return 'signing-in'
  if (kinds.has('opened') || kinds.has('confirmed')) return 'opened'
  return kinds.has('viewed') ? 'viewed' : 'created'
}

/** The standing of a check in a list. Its live feed, if there is one, is more recent. */
export function standingOfRow(
  row: Pick<
    CheckRow,
    | 'ending'
    | 'rejectedAt'
    | 'withdrawnAt'
    | 'vouchFor'
    | 'lastKind'
    | 'notifications'
    | 'state'
    | 'viewedAt'
    | 'confirmedAt'
  > & { grant?: Grant | null },
): Standing {
  const { ending, rejectedAt, vouchFor, lastKind, notifications, state } = row
  const end = ending === null ? undefined : endings[ending]
  if (end === 'not-me' || end === 'called-me' || end === 'not-vouched' || end === 'reported') return end
  // A rejection after the result overrides it.
  if (rejectedAt !== null) return vouchFor === null ? 'not-me' : 'not-vouched'
  if (end === 'proven') return row.withdrawnAt === null ? resultStateOf(row.grant) : 'withdrawn'
  if (lastKind === 'wrongPerson') return 'wrong-person'
  if (end !== undefined) return end
  if (notifications > 0 || lastKind === 'codeMatched') return 'signing-in'
  if (state === 'IN_PROGRESS' || row.confirmedAt !== null) return 'opened'
  return row.viewedAt !== null ? 'viewed' : 'created'
}

/** Whether the call is probably an attack. */
export function isAlarm(standing: Standing): boolean {
  return ['not-me', 'called-me', 'reported', 'wrong-person', 'paused'].includes(standing)
}

/** Whether the check is running, so that its link works. */
export function isOpen({ events }: Check): boolean {
  return !events.some((event) => endingOf(event) !== undefined)
}

/** The standing after an entry that ends the check; undefined for other events. */
export function endingOf({ kind, state, triesLeft }: CheckEvent): Standing | undefined {
  if (kind === 'wrongPerson') return state === 'COMPLETED' ? 'wrong-person' : undefined
  if (kind === 'codeWrong') return triesLeft === 0 ? 'wrong-code' : undefined
  return endings[kind]
}

/** When the short code that the agent reads out was used. A late event of an earlier code says nothing about it. */
export function shortCodeUsedAt({ events }: Pick<Check, 'events'>, issuedAt: number): number | undefined {
  return events.find(
    ({ kind, channel, at }) => kind === 'shortCodeUsed' && channel === 'spoken' && at >= issuedAt,
  )?.at
}

/** Remaining attempts at the code; undefined before the first wrong one. */
export function triesLeft({ events }: Check): number | undefined {
  return events.findLast(({ kind }) => kind === 'codeWrong')?.triesLeft
}

/** Whether the caller entered the right code. After a failed sign-in the page asks for it again. */
export function isCodeMatched({ events }: Check): boolean {
  const latest = events.slice(events.findLastIndex(({ kind }) => kind === 'signInFailed') + 1)
  return latest.some(({ kind }) => kind === 'codeMatched')
}

/** Whether the caller's sign-in has begun, which asks for the code. Before that, the caller's page shows the agent's code. */
export function hasBegun({ events }: Check): boolean {
  return events.some(({ kind }) => kind === 'opened')
}

/** Number of the caller's failed sign-ins, and the reason of the latest. */
export function failedSignIns({
  events,
}: Check): { count: number; reason: string | undefined; lastFailedAt: number } | undefined {
  const failed = events.filter(({ kind }) => kind === 'signInFailed')
  const newest = failed.at(-1)
  return newest && { count: failed.length, reason: newest.reason ?? undefined, lastFailedAt: newest.at }
}

/** Other agents who checked the same person at the same time, without duplicates. */
export function otherAgents({ events }: Check): string[] {
  const names = events.flatMap(({ kind, agent }) =>
    kind === 'alsoChecked' && agent !== undefined ? [agent] : [],
  )
  return [...new Set(names)]
}

/** Whether a person other than the caller ever signed in. */
export function hadWrongPerson({ events }: Check): boolean {
  return events.some(({ kind }) => kind === 'wrongPerson')
}

/** Stage on the gate, from 1 to 5. With a code, stage 3 is the code and all of the sign-in is stage 4. */
export function stageOf(standing: Standing, asksCode = false): 1 | 2 | 3 | 4 | 5 {
  switch (standing) {
    case 'created':
    case 'viewed':
      return 1
    case 'opened':
      return 2
    case 'signing-in':
      return asksCode ? 4 : 3
    case 'checking':
      return 4
    default:
      return 5
  }
}

/** The text of a notification, cleaned for display; undefined if it has none. */
export function statusText({ kind, data }: CheckEvent): string | undefined {
  if (kind !== 'notification' || typeof data !== 'object' || data === null) return undefined
  const value = 'journeyStatus' in data ? data.journeyStatus : Object.values(data).find(isText)
  const text = isText(value) ? plainText(value) : ''
  return text === '' ? undefined : text
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

/** The latest notification with a text. */
export function lastStatus({ events }: Check): { text: string; at: number } | undefined {
  for (const event of events.toReversed()) {
    const text = statusText(event)
    if (text !== undefined) return { text, at: event.at }
  }
  return undefined
}

export function endedAt({ events }: Check): number | undefined {
  return events.find((event) => endingOf(event) !== undefined)?.at
}

/** When the person rejected the check after its result. */
export function rejectedAfterResultAt({ events }: Check): number | undefined {
  return events.find(({ kind }) => kind === 'rejected')?.at
}

/** The latest email with the link. `to` is masked; `delivered` means that a mail server accepted it. */
export type LinkMail = { to: string | undefined; at: number; state: 'queued' | 'delivered' | 'failed' }

export function linkMail({ events }: Check): LinkMail | undefined {
  const index = events.findLastIndex(({ kind, channel }) => kind === 'sent' && channel === undefined)
  const sent = events[index]
  if (sent === undefined) return undefined
  const outcome = events
    .slice(index)
    .findLast(({ kind }) => kind === 'mailDelivered' || kind === 'mailFailed')
  if (outcome === undefined) return { to: sent.to ?? undefined, at: sent.at, state: 'queued' }
  return {
    to: sent.to ?? undefined,
    at: outcome.at,
    state: outcome.kind === 'mailDelivered' ? 'delivered' : 'failed',
  }
}

/** A way to a telephone. */
export type MessageChannel = 'sms' | 'voice'

/** The latest message with the link. `to` is masked; `sent` means that the gateway accepted it. */
export type LinkMessage = {
  to: string | undefined
  at: number
  state: 'queued' | 'sent' | 'delivered' | 'failed'
}

const messageStates: Readonly<Record<string, LinkMessage['state']>> = {
  messageSent: 'sent',
  messageDelivered: 'delivered',
  messageFailed: 'failed',
}

export function linkMessage({ events }: Check, channel: MessageChannel): LinkMessage | undefined {
  const sent = events.findLast((event) => event.kind === 'sent' && event.channel === channel)
  if (sent === undefined) return undefined
  // A late state of an earlier message says nothing about this one.
  const change = events.findLast(
    ({ kind, message }) => messageStates[kind] !== undefined && message === sent.message,
  )
  return {
    to: sent.to ?? undefined,
    at: (change ?? sent).at,
    state: messageStates[change?.kind ?? ''] ?? 'queued',
  }
}
