import type { TimelineEntry } from '../api/help-desk.ts'
import type { RailTurn } from '../design/rails.tsx'
import { type Check, endingOf, isOpen, type Standing, standingOf, statusText } from './check.ts'

/** A row of the timeline in plain data. `quoted` are a stranger's words. */
export type TimelineRow = {
  key: string
  turn: RailTurn
  /** Epoch milliseconds; a row without is under way. */
  at: number | undefined
  isNew: boolean
  text: string
  isQuoted: boolean
  more: string | undefined
  /** Everything that a notification brought. */
  data?: unknown
}

/** What the front journey said at its end, which no feed tells. */
export type JourneyMessage = { text: string; at: number }

type Draft = Omit<TimelineRow, 'key' | 'at' | 'isNew' | 'isQuoted' | 'more' | 'data'> &
  Partial<Pick<TimelineRow, 'isQuoted' | 'more' | 'data'>>

export type TimelineContext = {
  /** Who started the check: `You`, or a name. */
  agent: string
  /** Until when the link works, in words. */
  lifeText: string
  /** Whether the person is asked to vouch for the caller. */
  isVouch?: boolean
  said?: readonly JourneyMessage[]
}

/** The rows of a check's timeline, in order; what is waited for comes last. */
export function timelineOf(check: Check, about: TimelineContext): TimelineRow[] {
  const { said = [] } = about
  let hasEnded = false
  const rows = check.entries.flatMap((entry) => {
    const drafts = entryDrafts(entry, about, hasEnded)
    hasEnded ||= endingOf(entry) !== undefined
    return drafts.map((draft, index) =>
      toRow(draft, `${entry.kind} ${entry.sequence ?? ''} ${index}`, entry.at),
    )
  })
  const words = said.map(({ text, at }, index) =>
    toRow(
      { turn: hasEnded ? 'after' : 'mine', text, isQuoted: true, more: 'Told by your journey' },
      `said ${index}`,
      at,
    ),
  )
  if (!isOpen(check)) {
    // The agent's journey ends by the result; what comes late comes behind.
    const end = rows.findLastIndex(({ key }) => !key.startsWith('rejected') && !key.startsWith('sent'))
    return rows.toSpliced(end + 1, 0, ...words)
  }
  const newest = rows.at(-1)
  const marked = newest?.turn === 'theirs' ? [...rows.slice(0, -1), { ...newest, isNew: true }] : rows
  const waiting = toRow({ turn: 'waiting', text: waitingText(standingOf(check)) }, 'waiting', undefined)
  return [...marked, ...words, waiting]
}

/** What is waited for, at the end of the timeline. */
function waitingText(standing: Standing): string {
  return standing === 'created' ? 'Waiting for the link to be opened…' : 'Waiting for the caller…'
}

function toRow(draft: Draft, key: string, at: number | undefined): TimelineRow {
  return { isQuoted: false, more: undefined, ...draft, key, at, isNew: false }
}

/** @returns nothing for what this desk does not know. */
function entryDrafts(
  entry: TimelineEntry,
  { agent, lifeText, isVouch = false }: TimelineContext,
  hasEnded: boolean,
): Draft[] {
  switch (entry.kind) {
    case 'created':
      return [
        { turn: 'branch', text: `${agent} started the check`, more: `Link made. It works ${lifeText}.` },
      ]
    case 'sent':
      return [
        {
          turn: hasEnded ? 'after' : 'mine',
          text: `${agent} queued a mail with the link`,
          more: entry.to === undefined ? 'To the address on file' : `To ${entry.to}, the address on file`,
        },
      ]
    case 'opened':
      return [{ turn: 'theirs', text: 'Opened the link' }]
    case 'notification':
      return notificationDrafts(entry)
    case 'codeMatched':
      return [{ turn: 'theirs', text: 'Typed the code correctly' }]
    case 'codeWrong':
      return wrongCodeDrafts(entry.triesLeft)
    case 'wrongPerson':
      return wrongPersonDrafts(endingOf(entry) !== undefined)
    case 'approved':
      return [{ turn: 'merge', text: 'Verified' }]
    case 'denied':
      return [
        { turn: 'stopped', text: 'The caller’s side ended', more: 'Without proof' },
        { turn: 'closed', text: 'Not verified' },
      ]
    case 'notMe':
    case 'calledMe':
    case 'notVouched':
    case 'rejected':
      return rejectedDrafts(entry.kind, entry.reason ?? undefined)
    case 'confirmed':
      return [confirmedDraft(isVouch)]
    case 'cancelled':
      return [{ turn: 'lapsed', text: 'The check was cancelled', more: 'The link no longer works' }]
    case 'expired':
      return [{ turn: 'lapsed', text: 'Time ran out', more: 'The link no longer works' }]
    default:
      return sideDrafts(entry, hasEnded)
  }
}

/** What happens beside the steps of a check. */
function sideDrafts(entry: TimelineEntry, hasEnded: boolean): Draft[] {
  const turn = hasEnded ? 'after' : 'mine'
  switch (entry.kind) {
    case 'mailDelivered':
      return [{ turn, text: 'The mail was sent', more: 'The mail server accepted it' }]
    case 'mailFailed':
      return [{ turn, text: 'The mail could not be sent', more: 'Give the link another way' }]
    case 'signInFailed':
      return [
        {
          turn: 'theirs',
          text: 'Sign-in failed',
          more: entry.reason ?? 'Wrong password, or another factor failed',
        },
      ]
    case 'alsoChecked':
      return [
        { turn: 'mine', text: `${entry.agent ?? 'Another agent'} also has a check of this person under way` },
      ]
    default:
      return []
  }
}

function confirmedDraft(isVouch: boolean): Draft {
  const text = isVouch ? 'Says that they know of the call' : 'Says that they called'
  return { turn: 'theirs', text, more: 'Has the page open' }
}

const rejections: Readonly<Record<string, string>> = {
  notMe: 'Pressed “This is not me”',
  calledMe: 'Said “Somebody called me”',
  notVouched: 'Said “I don’t vouch”',
}

/** @param reason of a rejection after the result. */
function rejectedDrafts(kind: string, reason = 'notMe'): Draft[] {
  if (kind === 'rejected')
    return [{ turn: 'closed-alarm', text: rejections[reason] ?? '', more: 'After the result' }]
  const text = rejections[kind] ?? ''
  if (kind === 'notVouched')
    return [
      { turn: 'stopped', text },
      { turn: 'closed', text: 'Not verified' },
    ]
  return [
    { turn: 'alarmed', text },
    { turn: 'closed-alarm', text: 'Check ended', more: 'Nothing was confirmed' },
  ]
}

function wrongCodeDrafts(triesLeft: number | undefined): Draft[] {
  if (triesLeft !== 0) return [{ turn: 'theirs', text: 'Typed a wrong code', more: triesInWords(triesLeft) }]
  return [
    { turn: 'stopped', text: 'Typed a wrong code', more: 'The last try' },
    { turn: 'closed', text: 'Not verified' },
  ]
}

function triesInWords(count = 0): string {
  return count === 1 ? 'One try left' : `${count} tries left`
}

function wrongPersonDrafts(isEnd: boolean): Draft[] {
  if (!isEnd) return [{ turn: 'theirs', text: 'Somebody else signed in', more: 'Nothing was approved' }]
  return [
    { turn: 'alarmed', text: 'Somebody else signed in' },
    { turn: 'closed-alarm', text: 'Check ended', more: 'Nothing was confirmed' },
  ]
}

function notificationDrafts(entry: TimelineEntry): Draft[] {
  const text = statusText(entry)
  const told = { turn: 'theirs', more: toldBy, data: entry.data } as const
  return [text === undefined ? { ...told, text: 'News without a text' } : { ...told, text, isQuoted: true }]
}

const toldBy = 'Told by the caller’s journey'
