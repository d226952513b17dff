import type { CheckEvent } from '../api/help-desk.ts'
import type { RailKind } from '../design/rails.tsx'
import { t, translateKnown } from '../translate/translate.ts'
import type { Text } from '../translate/translation.ts'
import { type Check, endingOf, isOpen, type Standing, standingOf, statusText } from './check.ts'
import { shortTime } from './times.ts'

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
  /** The name of the agent of the check; undefined for the person who looks at it. */
  agent: string | undefined
  /** Whether a manager is asked to vouch for the caller. */
  isVouch?: boolean
  messages?: readonly JourneyMessage[]
}

/** The timeline of a check in order. While it runs, the last row says what it is waiting for. */
export function timelineOf(check: Check, context: TimelineContext): TimelineRow[] {
  const { messages = [], isVouch = false } = context
  const { expiresAt } = check
  let hasEnded = false
  const agents = agentsOf(check.events, context.agent)
  const rows = check.events.flatMap((event, place) => {
    const drafts = eventDrafts(event, { agent: agents[place], expiresAt, isVouch, hasEnded })
    hasEnded ||= endingOf(event) !== undefined
    return drafts.map((draft, index) =>
      toRow(draft, `${event.kind} ${event.sequence ?? ''} ${index}`, event.at),
    )
  })
  const messageRows = messages.map(({ text, at }, index) =>
    toRow(
      { kind: hasEnded ? 'after' : 'mine', text, isQuoted: true, more: t('From your journey') },
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
function agentsOf(events: readonly CheckEvent[], newest: string | undefined): (string | undefined)[] {
  let agent = newest
  return events
    .toReversed()
    .map((event) => {
      const then = agent
      if (event.kind === 'takenOver') agent = event.from ?? t('A colleague')
      return then
    })
    .toReversed()
}

function waitingText(standing: Standing): string {
  return standing === 'created' ? t('Waiting for the link to be opened…') : t('Waiting for the caller…')
}

function toRow(draft: Draft, key: string, at: number | undefined): TimelineRow {
  return { isQuoted: false, more: undefined, ...draft, key, at, isNew: false }
}

type Moment = {
  agent: string | undefined
  expiresAt: number
  isVouch: boolean
  hasEnded: boolean
}

/** A sentence about the agent of the check. @param you the sentence for the person who looks at it. */
function byAgent(
  agent: string | undefined,
  you: Text,
  named: Text,
  values: Record<string, string> = {},
): string {
  return agent === undefined ? t(you, values) : t(named, { agent, ...values })
}

/** Rows of the kinds that always look the same. */
function fixedDrafts(kind: string): Draft[] | undefined {
  switch (kind) {
    case 'viewed':
      return [{ kind: 'theirs', text: t('Looking at the page'), more: t('The link’s page is open') }]
    case 'opened':
      return [{ kind: 'theirs', text: t('Opened the link') }]
    case 'codeMatched':
      return [{ kind: 'theirs', text: t('Entered the code correctly') }]
    case 'approved':
      return [{ kind: 'merge', text: t('Identity proven') }]
    case 'denied':
      return [
        { kind: 'stopped', text: t('The caller’s sign-in ended'), more: t('Without proof of identity') },
        { kind: 'closed', text: t('Not verified') },
      ]
    case 'cancelled':
      return [{ kind: 'lapsed', text: t('The check was cancelled'), more: t('The link no longer works') }]
    case 'expired':
      return [{ kind: 'lapsed', text: t('Time ran out'), more: t('The link no longer works') }]
    default:
      return undefined
  }
}

/** @returns no rows for unknown kinds. */
function eventDrafts(event: CheckEvent, moment: Moment): Draft[] {
  const { agent, expiresAt, isVouch, hasEnded } = moment
  switch (event.kind) {
    case 'created':
      return [
        {
          kind: 'branch',
          text: byAgent(agent, 'You started the check', '{agent} started the check'),
          more: t('Link created. It works until {time}.', { time: shortTime(expiresAt) }),
        },
      ]
    case 'sent':
      return [{ kind: hasEnded ? 'after' : 'mine', ...sentTexts(agent, event) }]
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
    case 'reported':
      return [reportedDraft(hasEnded)]
    case 'confirmed':
      return [confirmedDraft(isVouch)]
    default:
      return fixedDrafts(event.kind) ?? sideDrafts(event, moment)
  }
}

function sentTexts(agent: string | undefined, { to, channel }: CheckEvent): { text: string; more: string } {
  return { text: queuedText(agent, channel), more: receiverText(to ?? undefined, channel) }
}

function queuedText(agent: string | undefined, channel: string | undefined): string {
  switch (channel) {
    case 'sms':
      return byAgent(
        agent,
        'You queued a text message with the link',
        '{agent} queued a text message with the link',
      )
    case 'voice':
      return byAgent(agent, 'You queued a call with the link', '{agent} queued a call with the link')
    default:
      return byAgent(agent, 'You queued an email with the link', '{agent} queued an email with the link')
  }
}

function receiverText(to: string | undefined, channel: string | undefined): string {
  if (to === undefined)
    return channel === undefined ? t('To the address on file') : t('To the number on file')
  return channel === undefined
    ? t('To {to}, the address on file', { to })
    : t('To {to}, the number on file', { to })
}

/** How a message with the link went on its way. */
function messageDrafts({ kind: event, channel }: CheckEvent, kind: RailKind): Draft[] {
  const isCall = channel === 'voice'
  switch (event) {
    case 'messageSent': {
      const text = isCall ? t('Call accepted') : t('Text message sent')
      return [{ kind, text, more: t('The gateway accepted it') }]
    }
    case 'messageDelivered': {
      const text = isCall ? t('Call answered, perhaps by voicemail') : t('Text message delivered')
      return [{ kind, text, more: t('The gateway reported it') }]
    }
    case 'messageFailed': {
      const text = isCall ? t('The call could not be made') : t('The text message could not be delivered')
      return [{ kind, text, more: t('Share the link another way') }]
    }
    default:
      return []
  }
}

/** Events that are not steps of the check. */
function sideDrafts(event: CheckEvent, { agent, hasEnded }: Moment): Draft[] {
  const kind = hasEnded ? 'after' : 'mine'
  switch (event.kind) {
    case 'withdrawn':
      return [{ kind: 'closed-alarm', text: withdrawnText(event), more: t('Nobody can use it') }]
    case 'shortCodeUsed':
      return [shortCodeDraft(event.channel)]
    case 'mailDelivered':
      return [{ kind, text: t('Email sent'), more: t('The mail server accepted it') }]
    case 'mailFailed':
      return [{ kind, text: t('The email could not be sent'), more: t('Share the link another way') }]
    case 'signInFailed':
      return [
        {
          kind: 'theirs',
          text: t('Sign-in failed'),
          more: event.reason ? translateKnown(event.reason) : t('Wrong password, or another factor failed'),
        },
      ]
    case 'alsoChecked':
      return [{ kind: 'mine', text: alsoCheckedText(event) }]
    case 'offered':
    case 'offerWithdrawn':
    case 'takenOver':
      return [handOverDraft(event, agent, kind)]
    default:
      return messageDrafts(event, kind)
  }
}

function withdrawnText({ agent }: CheckEvent): string {
  return agent === undefined ? t('An agent withdrew the result') : t('{agent} withdrew the result', { agent })
}

function alsoCheckedText({ agent }: CheckEvent): string {
  return agent === undefined
    ? t('Another agent is also checking this person')
    : t('{agent} is also checking this person', { agent })
}

function handOverDraft(event: CheckEvent, agent: string | undefined, kind: RailKind): Draft {
  switch (event.kind) {
    case 'offered': {
      const { to } = event
      const text =
        to == null
          ? byAgent(agent, 'You offered the check to the team', '{agent} offered the check to the team')
          : byAgent(
              agent,
              'You offered the check to {colleague}',
              '{agent} offered the check to {colleague}',
              {
                colleague: to,
              },
            )
      return { kind, text }
    }
    case 'offerWithdrawn':
      return { kind, text: byAgent(agent, 'You withdrew the offer', '{agent} withdrew the offer') }
    default: {
      const text = byAgent(agent, 'You took the check over', '{agent} took the check over')
      const more =
        event.from === undefined ? t('From a colleague') : t('From {colleague}', { colleague: event.from })
      return { kind, text, more }
    }
  }
}

function shortCodeDraft(channel: string | undefined): Draft {
  return channel === 'message'
    ? { kind: 'theirs', text: t('Used the short link'), more: t('From a message') }
    : { kind: 'theirs', text: t('Typed the short code'), more: t('At the short address') }
}

function confirmedDraft(isVouch: boolean): Draft {
  const text = isVouch ? t('Confirmed that they know about the call') : t('Confirmed that they called')
  return { kind: 'theirs', text, more: t('On the link’s page') }
}

/** @param hasEnded whether the check was over; otherwise the report ended it. */
function reportedDraft(hasEnded: boolean): Draft {
  const text = t('An attack on this person was reported')
  return { kind: 'closed-alarm', text, more: hasEnded ? t('The result is paused') : t('Check ended') }
}

function rejectionText(kind: string): string {
  switch (kind) {
    case 'calledMe':
      return t('Pressed “Somebody called me”')
    case 'notVouched':
      return t('Pressed “I don’t vouch”')
    default:
      return t('Pressed “This is not me”')
  }
}

/** @param reason how the check was rejected after its result. */
function rejectedDrafts(kind: string, reason = 'notMe'): Draft[] {
  if (kind === 'rejected')
    return [{ kind: 'closed-alarm', text: rejectionText(reason), more: t('After the result') }]
  const text = rejectionText(kind)
  if (kind === 'notVouched')
    return [
      { kind: 'stopped', text },
      { kind: 'closed', text: t('Not verified') },
    ]
  return [
    { kind: 'alarmed', text },
    { kind: 'closed-alarm', text: t('Check ended'), more: t('Nobody was verified') },
  ]
}

function wrongCodeDrafts(triesLeft: number | undefined): Draft[] {
  const text = t('Entered a wrong code')
  if (triesLeft !== 0)
    return [{ kind: 'theirs', text, more: t('{count} tries left', { count: triesLeft ?? 0 }) }]
  return [
    { kind: 'stopped', text, more: t('That was the last try') },
    { kind: 'closed', text: t('Not verified') },
  ]
}

function wrongPersonDrafts(isEnd: boolean): Draft[] {
  const text = t('Someone else signed in')
  if (!isEnd) return [{ kind: 'theirs', text, more: t('This approved nothing') }]
  return [
    { kind: 'alarmed', text },
    { kind: 'closed-alarm', text: t('Check ended'), more: t('Nobody was verified') },
  ]
}

function notificationDrafts(event: CheckEvent): Draft[] {
  const text = statusText(event)
  const draft = { kind: 'theirs', more: t('From the caller’s sign-in'), data: event.data } as const
  return [
    text === undefined ? { ...draft, text: t('Update without text') } : { ...draft, text, isQuoted: true },
  ]
}
