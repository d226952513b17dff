import type { CheckUpdate } from '../api/check-feed.ts'
import type { Snapshot, TimelineEntry } from '../api/help-desk.ts'
import { plainText } from './plain-text.ts'

/** What the page knows about a check. Updates only add to it; an older snapshot never removes anything. */
export type Check = {
  reference: string
  /** Epoch milliseconds. */
  expiresAt: number
  /** Sorted by sequence, without duplicates. */
  entries: readonly TimelineEntry[]
  link: string | undefined
  /** The code that the agent reads to the caller; undefined if the caller's journey asks for none. */
  code: string | undefined
  /** The code that proves the agent to the caller; undefined until the caller's page shows it. */
  reverseCode: string | undefined
  /** Whether the viewer is the check's agent, who will get the codes. */
  hasCodes: boolean
}

/** The steps of a successful check in order, then the other endings. */
export type Standing =
  | 'created'
  | 'opened'
  | 'signing-in'
  | 'checking'
  | 'verified'
  | 'not-verified'
  | 'wrong-code'
  | 'not-me'
  | 'called-me'
  | 'not-vouched'
  | 'wrong-person'
  | 'expired'
  | 'cancelled'

const endings: Readonly<Record<string, Standing>> = {
  approved: 'verified',
  denied: 'not-verified',
  notMe: 'not-me',
  calledMe: 'called-me',
  notVouched: 'not-vouched',
  cancelled: 'cancelled',
  expired: 'expired',
}

/** The check after an update; undefined before the first snapshot. */
export function applyUpdate(check: Check | undefined, update: CheckUpdate): Check | undefined {
  if (update.kind === 'snapshot') {
    return check === undefined ? checkFrom(update.snapshot) : applySnapshot(check, update.snapshot)
  }
  return update.kind === 'entry' && check !== undefined ? applyEntry(check, update.entry) : check
}

export function checkFrom(snapshot: Snapshot): Check {
  const { reference, expiresAt } = snapshot
  const nothing = { link: undefined, code: undefined, reverseCode: undefined, hasCodes: false }
  return applySnapshot({ reference, expiresAt, entries: [], ...nothing }, snapshot)
}

/** @returns the same object if the snapshot adds nothing. */
export function applySnapshot(check: Check, snapshot: Snapshot): Check {
  const known = {
    expiresAt: snapshot.expiresAt,
    link: snapshot.redirectUri ?? check.link,
    code: snapshot.code ?? check.code,
    reverseCode: snapshot.reverseCode ?? check.reverseCode,
    hasCodes: check.hasCodes || snapshot.reverseCode !== undefined,
  }
  const all = snapshot.timeline.reduce(applyEntry, check)
  const isSame =
    all === check &&
    known.expiresAt === check.expiresAt &&
    known.link === check.link &&
    known.code === check.code &&
    known.reverseCode === check.reverseCode &&
    known.hasCodes === check.hasCodes
  return isSame ? check : { ...all, ...known }
}

/** @returns the same object if the check already has the entry. `expired` entries have no sequence number. */
export function applyEntry(check: Check, entry: TimelineEntry): Check {
  const isKnown = check.entries.some(
    ({ kind, sequence }) =>
      sequence === entry.sequence && (entry.sequence !== undefined || kind === entry.kind),
  )
  if (isKnown) return check
  const entries = [...check.entries, entry].toSorted((a, b) => orderOf(a) - orderOf(b))
  return { ...check, entries, reverseCode: entry.reverseCode ?? check.reverseCode }
}

function orderOf({ sequence }: TimelineEntry): number {
  return sequence ?? Number.POSITIVE_INFINITY
}

/**
 * A rejection overrides any result, even afterwards. A sign-in by the wrong person approves nothing, and stays an alarm
 * until the right person is verified.
 */
export function standingOf({ entries }: Check): Standing {
  const kinds = new Set(entries.map(({ kind }) => kind))
  const late = entries.find(({ kind }) => kind === 'rejected')
  if (late !== undefined) return endings[late.reason ?? ''] ?? 'not-me'
  if (kinds.has('notMe')) return 'not-me'
  const end = entries.map(endingOf).find((standing) => standing !== undefined)
  if (end === 'verified') return end
  if (kinds.has('wrongPerson')) return 'wrong-person'
  if (end !== undefined) return end
  // After a failed sign-in the caller starts over, so earlier updates say nothing about the new attempt.
  const latest = entries.slice(entries.findLastIndex(({ kind }) => kind === 'signInFailed') + 1)
  const texts = new Set(latest.flatMap((entry) => statusText(entry) ?? []))
  if (texts.size > 1) return 'checking'
  if (texts.size === 1 || latest.some(({ kind }) => kind === 'codeMatched')) return 'signing-in'
  return kinds.has('opened') || kinds.has('confirmed') ? 'opened' : 'created'
}

/** Whether the call is probably an attack. */
export function isAlarm(standing: Standing): boolean {
  return standing === 'not-me' || standing === 'called-me' || standing === 'wrong-person'
}

/** Whether the check is running, so that its link works. */
export function isOpen({ entries }: Check): boolean {
  return !entries.some((entry) => endingOf(entry) !== undefined)
}

/** The standing after an entry that ends the check; undefined for other entries. */
export function endingOf({ kind, state, triesLeft }: TimelineEntry): Standing | undefined {
  if (kind === 'wrongPerson') return state === 'COMPLETED' ? 'wrong-person' : undefined
  if (kind === 'codeWrong') return triesLeft === 0 ? 'wrong-code' : undefined
  return endings[kind]
}

/** Remaining attempts at the code; undefined before the first wrong one. */
export function triesLeft({ entries }: Check): number | undefined {
  return entries.findLast(({ kind }) => kind === 'codeWrong')?.triesLeft
}

/** Whether the caller entered the right code. */
export function isCodeMatched({ entries }: Check): boolean {
  return entries.some(({ kind }) => kind === 'codeMatched')
}

/** Number of the caller's failed sign-ins, and the reason of the latest. */
export function failedSignIns({
  entries,
}: Check): { count: number; reason: string | undefined; lastFailedAt: number } | undefined {
  const failed = entries.filter(({ kind }) => kind === 'signInFailed')
  const newest = failed.at(-1)
  return newest && { count: failed.length, reason: newest.reason ?? undefined, lastFailedAt: newest.at }
}

/** Other agents who checked the same person at the same time, without duplicates. */
export function otherAgents({ entries }: Check): string[] {
  const names = entries.flatMap(({ kind, agent }) =>
    kind === 'alsoChecked' && agent !== undefined ? [agent] : [],
  )
  return [...new Set(names)]
}

/** Whether a person other than the caller ever signed in. */
export function hadWrongPerson({ entries }: Check): boolean {
  return entries.some(({ kind }) => kind === 'wrongPerson')
}

/** Whether the agent may fulfil the caller's request. */
export function isVerified(check: Check): boolean {
  return standingOf(check) === 'verified'
}

/** Stage on the gate, from 1 to 5. With a code, stage 3 is the code and all of the sign-in is stage 4. */
export function stageOf(standing: Standing, asksCode = false): 1 | 2 | 3 | 4 | 5 {
  switch (standing) {
    case 'created':
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
export function statusText({ kind, data }: TimelineEntry): string | undefined {
  if (kind !== 'notification' || typeof data !== 'object' || data === null) return undefined
  const value = 'journeyStatus' in data ? data.journeyStatus : Object.values(data).find(isText)
  const text = isText(value) ? plainText(value) : ''
  return text === '' ? undefined : text
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

/** The latest notification with a text. */
export function lastStatus({ entries }: Check): { text: string; at: number } | undefined {
  for (const entry of entries.toReversed()) {
    const text = statusText(entry)
    if (text !== undefined) return { text, at: entry.at }
  }
  return undefined
}

/** When the check ended, or was rejected after its result. */
export function endedAt({ entries }: Check): number | undefined {
  return entries.findLast((entry) => endingOf(entry) !== undefined || entry.kind === 'rejected')?.at
}

/** The latest email with the link. `to` is masked; `delivered` means that a mail server accepted it. */
export type LinkMail = { to: string | undefined; at: number; state: 'queued' | 'delivered' | 'failed' }

export function linkMail({ entries }: Check): LinkMail | undefined {
  const index = entries.findLastIndex(({ kind }) => kind === 'sent')
  const sent = entries[index]
  if (sent === undefined) return undefined
  const outcome = entries
    .slice(index)
    .findLast(({ kind }) => kind === 'mailDelivered' || kind === 'mailFailed')
  if (outcome === undefined) return { to: sent.to, at: sent.at, state: 'queued' }
  return { to: sent.to, at: outcome.at, state: outcome.kind === 'mailDelivered' ? 'delivered' : 'failed' }
}
