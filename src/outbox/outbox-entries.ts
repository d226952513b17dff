import type { MessageChannel } from '../realms/messaging-settings.ts'
import type { QueuedCall } from './call.ts'
import type { CallStore } from './call-store.ts'
import type { QueuedMail } from './mail.ts'
import type { MailStore } from './mail-store.ts'
import type { QueuedMessage } from './message.ts'
import type { MessageStore } from './message-store.ts'

/** `waiting`: before the first attempt. `sending`: an attempt is under way. `retrying`: between attempts. `failed`: given up. */
export type EntryState = 'waiting' | 'sending' | 'retrying' | 'failed'

/** An entry of an outbox as administrators see it: never its content, and of a recipient only what agents see. */
export type OutboxEntry = {
  _id: string
  kind: 'mail' | 'message' | 'call'
  realm: string
  about: string | null
  channel: MessageChannel | null
  state: EntryState
  /** Epoch milliseconds. */
  createdAt: number
  attempts: number
  nextAt: number | null
  problem: string | null
}

type Listed = {
  mails: Pick<MailStore, 'list'>
  messages: Pick<MessageStore, 'list'>
  calls: Pick<CallStore, 'list'>
}

/** Entries of each kind at most. */
const listedAtMost = 200

/** What waits or was given up in all realms, newest first. `isCut`: there is more. */
export async function outboxEntries({ mails, messages, calls }: Listed): Promise<{
  result: OutboxEntry[]
  isCut: boolean
}> {
  const [allMails, allMessages, allCalls] = await Promise.all([
    mails.list(listedAtMost),
    messages.list(listedAtMost),
    calls.list(listedAtMost),
  ])
  const result = [
    ...allMails.map((mail) => entryOf('mail', mail)),
    ...allMessages.map((message) => entryOf('message', message)),
    ...allCalls.map((call) => entryOf('call', call)),
  ].toSorted((one, other) => other.createdAt - one.createdAt)
  const isCut = [allMails, allMessages, allCalls].some(({ length }) => length === listedAtMost)
  return { result, isCut }
}

type Queued = QueuedMail | QueuedMessage | QueuedCall

function entryOf(kind: OutboxEntry['kind'], queued: Queued): OutboxEntry {
  const { id: _id, realm, about = null, createdAt, attempts, dueAt, problem = null } = queued
  const state = stateOf(queued)
  return {
    _id,
    kind,
    realm,
    about,
    channel: 'channel' in queued ? queued.channel : null,
    state,
    createdAt,
    attempts,
    nextAt: state === 'waiting' || state === 'retrying' ? dueAt : null,
    problem,
  }
}

function stateOf(queued: Queued): EntryState {
  const isFailed = 'state' in queued ? queued.state === 'failed' : queued.failedAt !== undefined
  if (isFailed) return 'failed'
  if (queued.problem !== undefined) return 'retrying'
  return queued.attempts === 0 ? 'waiting' : 'sending'
}
