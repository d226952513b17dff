import type { CheckEvent } from '../api/help-desk.ts'
import type { RailKind } from '../design/rails.tsx'
import { t } from '../translate/translate.ts'
import { type Check, endingOf, isOpen, type Standing, standingOf, statusText } from './check.ts'

/** A row of the timeline. `isQuoted`: `text` comes from the caller's journey, so it is untrusted. */
export type TimelineRow = {
  key: string
  kind: RailKind
  /** Epoch milliseconds; undefined for the current state. */
  at: number | undefined
  isNew: boolean
  text: string
  isQuoted: boolean
  more: string | undefined
  /** The data of a notification. */
  data?: unknown
}

/** A message of the agent's own journey, which the feed does not carry. */
export type JourneyMessage = { text: string; at: number }

type Draft = Omit<TimelineRow, 'key' | 'at' | 'isNew' | 'isQuoted' | 'more' | 'data'> &
  Partial<Pick<TimelineRow, 'isQuoted' | 'more' | 'data'>>

export type TimelineContext = {
  /** `You`, or the name of the agent of the check. */
  agent: string
  /** How long the link works, in words: `until 14:12`. */
  linkValidity: string
  /** Whether a manager is asked to vouch for the caller. */
  isVouch?: boolean
  messages?: readonly JourneyMessage[]
}

/** The timeline of a check in order. While it runs, the last row says what it is waiting for. */
export function timelineOf(check: Check, context: TimelineContext): TimelineRow[] {
  const { messages = [] } = context
  let hasEnded = false
  const agents = agentsOf(check.events, context.agent)
  const rows = check.events.flatMap((event, place) => {
    const drafts = eventDrafts(event, { ...context, agent: agents[place] ?? context.agent }, hasEnded)
    hasEnded ||= endingOf(event) !== undefined
    return drafts.map((draft, index) =>
      toRow(draft, `${event.kind} ${event.sequence ?? ''} ${index}`, event.at),
    )
  })
  const messageRows = messages.map(({ text, at }, index) =>
    toRow(
      { kind: hasEnded ? 'after' : 'mine', text, isQuoted: true, more: 'From your journey' },
      `message ${index}`,
      at,
    ),
  )
  if (!isOpen(check)) {
    // The agent's journey ends with the result, so its messages go before later events.
    const end = rows.findLastIndex(({ key }) => !key.startsWith('rejected') && !key.startsWith('sent'))
    return rows.toSpliced(end + 1, 0, ...messageRows)
  }
  const newest = rows.at(-1)
  const marked = newest?.kind === 'theirs' ? [...rows.slice(0, -1), { ...newest, isNew: true }] : rows
  const waiting = toRow({ kind: 'waiting', text: waitingText(standingOf(check)) }, 'waiting', undefined)
  return [...marked, ...messageRows, waiting]
}

/** The agent of the check at each event. @param newest the agent now. */
function agentsOf(events: readonly CheckEvent[], newest: string): string[] {
  let agent = newest
  return events
    .toReversed()
    .map((event) => {
      const then = agent
      if (event.kind === 'takenOver') agent = event.from ?? 'A colleague'
      return then
    })
    .toReversed()
}

function waitingText(standing: Standing): string {
  return standing === 'created' ? 'Waiting for the link to be opened…' : 'Waiting for the caller…'
}

function toRow(draft: Draft, key: string, at: number | undefined): TimelineRow {
  return { isQuoted: false, more: undefined, ...draft, key, at, isNew: false }
}

/** Rows of the kinds that always look the same. */
const fixedDrafts: Readonly<Record<string, Draft[]>> = {
  viewed: [{ kind: 'theirs', text: 'Looking at the page', more: 'The link’s page is open' }],
  opened: [{ kind: 'theirs', text: 'Opened the link' }],
  codeMatched: [{ kind: 'theirs', text: 'Entered the code correctly' }],
  approved: [{ kind: 'merge', text: 'Verified' }],
  denied: [
    { kind: 'stopped', text: 'The caller’s sign-in ended', more: 'Without proof of identity' },
    { kind: 'closed', text: 'Not verified' },
  ],
  cancelled: [{ kind: 'lapsed', text: 'The check was cancelled', more: 'The link no longer works' }],
  expired: [{ kind: 'lapsed', text: 'Time ran out', more: 'The link no longer works' }],
}

/** @returns no rows for unknown kinds. */
function eventDrafts(
  event: CheckEvent,
  { agent, linkValidity, isVouch = false }: TimelineContext,
  hasEnded: boolean,
): Draft[] {
  switch (event.kind) {
    case 'created':
      return [
        {
          kind: 'branch',
          text: `${agent} started the check`,
          more: `Link created. It works ${linkValidity}.`,
        },
      ]
    case 'sent':
      return [
        {
          kind: hasEnded ? 'after' : 'mine',
          ...sentTexts(agent, event),
        },
      ]
    case 'notification':
      return notificationDrafts(event)
    case 'codeWrong':
      return wrongCodeDrafts(event.triesLeft)
    case 'wrongPerson':
      return wrongPersonDrafts(endingOf(event) !== undefined)
    case 'notMe':
    case 'calledMe':
    case 'notVouched':
    case 'rejected':
      return rejectedDrafts(event.kind, event.reason ?? undefined)
    case 'confirmed':
      return [confirmedDraft(isVouch)]
    default:
      return fixedDrafts[event.kind] ?? sideDrafts(event, hasEnded, agent)
  }
}

function sentTexts(agent: string, { to, channel }: CheckEvent): { text: string; more: string } {
  const what = channel === 'sms' ? 'a text message' : channel === 'voice' ? 'a call' : 'an email'
  const where = channel === undefined ? 'the address on file' : 'the number on file'
  return {
    text: `${agent} queued ${what} with the link`,
    more: to == null ? `To ${where}` : `To ${to}, ${where}`,
  }
}

/** How a message with the link went on its way. */
function messageDrafts({ kind: event, channel }: CheckEvent, kind: RailKind): Draft[] {
  const isCall = channel === 'voice'
  switch (event) {
    case 'messageSent':
      return [{ kind, text: isCall ? 'Call accepted' : 'Text message sent', more: 'The gateway accepted it' }]
    case 'messageDelivered':
      return [
        {
          kind,
          text: isCall ? 'Call answered, perhaps by voicemail' : 'Text message delivered',
          more: 'The gateway reported it',
        },
      ]
    case 'messageFailed':
      return [
        {
          kind,
          text: isCall ? 'The call could not be made' : 'The text message could not be delivered',
          more: 'Share the link another way',
        },
      ]
    default:
      return []
  }
}

/** Events that are not steps of the check. */
function sideDrafts(event: CheckEvent, hasEnded: boolean, agent: string): Draft[] {
  const kind = hasEnded ? 'after' : 'mine'
  switch (event.kind) {
    case 'withdrawn':
      return [
        {
          kind: 'closed-alarm',
          text: `${event.agent ?? 'An agent'} withdrew the result`,
          more: 'Nobody can use it',
        },
      ]
    case 'shortCodeUsed':
      return [shortCodeDraft(event.channel)]
    case 'mailDelivered':
      return [{ kind, text: 'Email sent', more: 'The mail server accepted it' }]
    case 'mailFailed':
      return [{ kind, text: 'The email could not be sent', more: 'Share the link another way' }]
    case 'signInFailed':
      return [
        {
          kind: 'theirs',
          text: 'Sign-in failed',
          more: event.reason ?? 'Wrong password, or another factor failed',
        },
      ]
    case 'alsoChecked':
      return [{ kind: 'mine', text: `${event.agent ?? 'Another agent'} is also checking this person` }]
    case 'offered':
      return [{ kind, text: `${agent} offered the check to ${event.to ?? 'the team'}` }]
    case 'offerWithdrawn':
      return [{ kind, text: `${agent} withdrew the offer` }]
    case 'takenOver':
      return [
        {
          kind,
          text: `${agent} took the check over`,
          more: `From ${event.from ?? 'a colleague'}`,
        },
      ]
    default:
      return messageDrafts(event, kind)
  }
}

function shortCodeDraft(channel: string | undefined): Draft {
  return channel === 'message'
    ? { kind: 'theirs', text: 'Used the short link', more: 'From a message' }
    : { kind: 'theirs', text: 'Typed the short code', more: 'At the short address' }
}

function confirmedDraft(isVouch: boolean): Draft {
  const text = isVouch ? 'Confirmed that they know about the call' : 'Confirmed that they called'
  return { kind: 'theirs', text, more: 'On the link’s page' }
}

const rejections: Readonly<Record<string, string>> = {
  notMe: 'Pressed “This is not me”',
  calledMe: 'Pressed “Somebody called me”',
  notVouched: 'Pressed “I don’t vouch”',
}

/** @param reason how the check was rejected after its result. */
function rejectedDrafts(kind: string, reason = 'notMe'): Draft[] {
  if (kind === 'rejected')
    return [{ kind: 'closed-alarm', text: rejections[reason] ?? '', more: 'After the result' }]
  const text = rejections[kind] ?? ''
  if (kind === 'notVouched')
    return [
      { kind: 'stopped', text },
      { kind: 'closed', text: 'Not verified' },
    ]
  return [
    { kind: 'alarmed', text },
    { kind: 'closed-alarm', text: 'Check ended', more: 'Nobody was verified' },
  ]
}

function wrongCodeDrafts(triesLeft: number | undefined): Draft[] {
  if (triesLeft !== 0) return [{ kind: 'theirs', text: 'Entered a wrong code', more: triesText(triesLeft) }]
  return [
    { kind: 'stopped', text: 'Entered a wrong code', more: 'That was the last try' },
    { kind: 'closed', text: 'Not verified' },
  ]
}

function triesText(count = 0): string {
  return t('{count} tries left', { count })
}

function wrongPersonDrafts(isEnd: boolean): Draft[] {
  if (!isEnd) return [{ kind: 'theirs', text: 'Someone else signed in', more: 'This approved nothing' }]
  return [
    { kind: 'alarmed', text: 'Someone else signed in' },
    { kind: 'closed-alarm', text: 'Check ended', more: 'Nobody was verified' },
  ]
}

function notificationDrafts(event: CheckEvent): Draft[] {
  const text = statusText(event)
  const draft = { kind: 'theirs', more: 'From the caller’s sign-in', data: event.data } as const
  return [text === undefined ? { ...draft, text: 'Update without text' } : { ...draft, text, isQuoted: true }]
}
