import { z } from 'zod'
import type { RecordedRequest } from './recorded-request.ts'
import { type Shown, shownIn } from './shown.ts'

/** A request of a conversation, and what the client showed afterwards. */
export type Turn = {
  sent: RecordedRequest
  shown: Shown
  /** Among all turns of a recording. */
  order: number
}

/** The authenticate requests of one client, from the start of a journey. The first turn is the start. */
export type Conversation = {
  /** Undefined for the default journey of the realm, and for a transaction. */
  journey: string | undefined
  /** The id of the transaction that it completes. It is a secret. */
  transaction: string | undefined
  turns: Turn[]
}

const bodySchema = z.looseObject({ authId: z.string() })

/** Sorts requests into conversations. */
export class Conversations {
  readonly all: Conversation[] = []
  readonly #byAuthId = new Map<string, Conversation>()
  #turns = 0
  /** Requests of conversations that began earlier. */
  strays = 0

  /** @returns the conversation that the request belongs to; undefined if its start is unknown, or if the server was at fault. */
  add(sent: RecordedRequest): Conversation | undefined {
    // The client repeats what a server can't answer, or did not understand.
    if (sent.status >= 500 || sent.status === 400 || sent.status === 429) return undefined
    const conversation = this.#of(sent)
    if (conversation === undefined) {
      this.strays++
      return undefined
    }
    const shown = shownIn(sent.status, sent.response ?? {})
    conversation.turns.push({ sent, shown, order: this.#turns++ })
    if (shown.kind === 'page') this.#byAuthId.set(shown.page.authId, conversation)
    return conversation
  }

  #of({ query, request }: RecordedRequest): Conversation | undefined {
    const body = bodySchema.safeParse(request)
    if (body.success) return this.#byAuthId.get(body.data.authId)
    if (query.suspendedId !== undefined) return this.all.findLast(isSuspended)
    const { authIndexType, authIndexValue } = query
    const conversation: Conversation = {
      journey: authIndexType === 'service' ? authIndexValue : undefined,
      transaction: authIndexType === 'transaction' ? authIndexValue : undefined,
      turns: [],
    }
    this.all.push(conversation)
    return conversation
  }
}

/** Whether its journey has ended. */
export function isOver({ turns }: Conversation): boolean {
  const last = turns.at(-1)
  return last !== undefined && last.shown.kind !== 'page'
}

function isSuspended({ turns }: Conversation): boolean {
  const shown = turns.at(-1)?.shown
  return (
    shown?.kind === 'page' && shown.page.callbacks.some(({ type }) => type === 'SuspendedTextOutputCallback')
  )
}

/** The conversation that opened the transaction of another: its pages show the link, or it waits. */
export function openerOf(
  { transaction, turns }: Conversation,
  all: readonly Conversation[],
): Conversation | undefined {
  if (transaction === undefined) return undefined
  const startedAt = turns[0]?.sent.at ?? 0
  const earlier = all.filter((each) => each.transaction === undefined && startOf(each) <= startedAt)
  const shows = (each: Conversation) =>
    each.turns.some(({ sent }) => JSON.stringify(sent.response ?? '').includes(transaction))
  return earlier.findLast(shows) ?? earlier.findLast(isWaiting)
}

export function startOf({ turns }: Conversation): number {
  return turns[0]?.sent.at ?? 0
}

function isWaiting({ turns }: Conversation): boolean {
  return turns.some(
    ({ shown }) =>
      shown.kind === 'page' && shown.page.callbacks.some(({ type }) => type === 'PollingWaitCallback'),
  )
}
