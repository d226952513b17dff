import type { CheckUpdate } from '../api/check-feed.ts'
import type { Snapshot, TimelineEntry } from '../api/help-desk.ts'
import { plainText } from './plain-text.ts'

/** A check as far as its desk knows it. It only ever learns more: nothing that was read is taken back. */
export type Check = {
  reference: string
  /** Epoch milliseconds. */
  expiresAt: number
  /** In order, each once. */
  entries: readonly TimelineEntry[]
  link: string | undefined
  /** What the agent reads out for the caller to type; undefined where the caller's journey asks for none. */
  code: string | undefined
  /** What the agent reads out when the caller asks who they are; undefined before the caller's page shows it. */
  reverseCode: string | undefined
  /** Whether the viewer is the agent of a check, who gets codes sooner or later. */
  hasCodes: boolean
}

/** How a check stands, in the order of a good one, then its other ends. */
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

/** What a check becomes by what is told of it; undefined before its first snapshot. */
export function applyUpdate(check: Check | undefined, told: CheckUpdate): Check | undefined {
  if (told.kind === 'snapshot') {
    return check === undefined ? checkFrom(told.snapshot) : applySnapshot(check, told.snapshot)
  }
  return told.kind === 'entry' && check !== undefined ? applyEntry(check, told.entry) : check
}

export function checkFrom(snapshot: Snapshot): Check {
  const { reference, expiresAt } = snapshot
  const nothing = { link: undefined, code: undefined, reverseCode: undefined, hasCodes: false }
  return applySnapshot({ reference, expiresAt, entries: [], ...nothing }, snapshot)
}

/** What a later snapshot adds. */
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

/** The check and one entry more; the same check when it has it. The end by time has no sequence number. */
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
 * A rejection outweighs any result, also a late one. Somebody else's sign-in alarms until the right person
 * was verified or the check ended otherwise: it approves nothing by itself.
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
  // After a failed sign-in the caller starts again: what came before it says nothing about the new try.
  const latest = entries.slice(entries.findLastIndex(({ kind }) => kind === 'signInFailed') + 1)
  const texts = new Set(latest.flatMap((entry) => statusText(entry) ?? []))
  if (texts.size > 1) return 'checking'
  if (texts.size === 1 || latest.some(({ kind }) => kind === 'codeMatched')) return 'signing-in'
  return kinds.has('opened') || kinds.has('confirmed') ? 'opened' : 'created'
}

/** Whether a standing means that the call is an attack. */
export function isAlarm(standing: Standing): boolean {
  return standing === 'not-me' || standing === 'called-me' || standing === 'wrong-person'
}

/** Whether the check is under way: its link works. */
export function isOpen({ entries }: Check): boolean {
  return !entries.some((entry) => endingOf(entry) !== undefined)
}

/** How an entry ends the check; undefined for those that do not. */
export function endingOf({ kind, state, triesLeft }: TimelineEntry): Standing | undefined {
  if (kind === 'wrongPerson') return state === 'COMPLETED' ? 'wrong-person' : undefined
  if (kind === 'codeWrong') return triesLeft === 0 ? 'wrong-code' : undefined
  return endings[kind]
}

/** How often the code may still be typed; undefined before the first wrong one. */
export function triesLeft({ entries }: Check): number | undefined {
  return entries.findLast(({ kind }) => kind === 'codeWrong')?.triesLeft
}

/** Whether the caller typed the code. */
export function isCodeMatched({ entries }: Check): boolean {
  return entries.some(({ kind }) => kind === 'codeMatched')
}

/** The sign-ins of the caller that failed: how many, and why the newest did. */
export function failedSignIns({
  entries,
}: Check): { count: number; reason: string | undefined; lastFailedAt: number } | undefined {
  const failed = entries.filter(({ kind }) => kind === 'signInFailed')
  const newest = failed.at(-1)
  return newest && { count: failed.length, reason: newest.reason ?? undefined, lastFailedAt: newest.at }
}

/** Other agents who checked the same person while this check was under way, each once. */
export function otherAgents({ entries }: Check): string[] {
  const names = entries.flatMap(({ kind, agent }) =>
    kind === 'alsoChecked' && agent !== undefined ? [agent] : [],
  )
  return [...new Set(names)]
}

/** Whether somebody else signed in at some time. */
export function hadWrongPerson({ entries }: Check): boolean {
  return entries.some(({ kind }) => kind === 'wrongPerson')
}

/** Whether the agent may go on with the request. */
export function isVerified(check: Check): boolean {
  return standingOf(check) === 'verified'
}

/** Place on the gate, from 1 to 5. Where a code is asked for, it is the third, and signing in is one place. */
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

/** What the caller's journey said with a notification, ready to be shown; undefined when it has no text. */
export function statusText({ kind, data }: TimelineEntry): string | undefined {
  if (kind !== 'notification' || typeof data !== 'object' || data === null) return undefined
  const told = 'journeyStatus' in data ? data.journeyStatus : Object.values(data).find(isText)
  const text = isText(told) ? plainText(told) : ''
  return text === '' ? undefined : text
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

/** The newest status of the caller's journey. */
export function lastStatus({ entries }: Check): { text: string; at: number } | undefined {
  for (const entry of entries.toReversed()) {
    const text = statusText(entry)
    if (text !== undefined) return { text, at: entry.at }
  }
  return undefined
}

/** When the check ended, or when its result was overthrown. */
export function endedAt({ entries }: Check): number | undefined {
  return entries.findLast((entry) => endingOf(entry) !== undefined || entry.kind === 'rejected')?.at
}

/** The newest mail with the link: its address, masked, and whether a mail server took it. */
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
