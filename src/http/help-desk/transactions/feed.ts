import type { FastifyReply } from 'fastify'
import { readFeed } from '../../../../contract/backchannel.ts'
import { type FeedReader, personKey } from '../../../help-desk/transactions/feed-slots.ts'
import type { LiveFeed } from '../../../help-desk/transactions/live-feed.ts'
import type { Transaction } from '../../../help-desk/transactions/transaction.ts'
import { sourceOf } from '../../../limits/source.ts'
import type { Call, Reply, Route } from '../../route.ts'
import { type CodeSources, codesOf } from '../checks/check-view.ts'
import { openEventStream } from './event-stream.ts'
import { type FeedAccess, mayReadOn, partyOf, wasTakenOver } from './feed-access.ts'
import { FeedRounds } from './feed-rounds.ts'
import { type FeedOptions, type FeedSources, FeedWriter, isOver } from './feed-writer.ts'
import { notificationFilter } from './notification-filter.ts'
import {
  type AccessibleTransaction,
  accessibleTransaction,
  type TransactionAccess,
} from './transaction-access.ts'

export type FeedDependencies = TransactionAccess &
  FeedAccess &
  CodeSources & { feed: LiveFeed; metrics: FeedSources['metrics'] }

/** Shared by all feeds, so that each takes little memory. */
type Shared = FeedDependencies & FeedSources

/** The live feed of a transaction as server-sent events: a snapshot, then each event with its sequence number as id. */
export function backchannelEventRoutes(dependencies: FeedDependencies): Route[] {
  const shared: Shared = {
    ...dependencies,
    rounds: new FeedRounds(),
    codesOf: (transaction) => codesOf(dependencies, transaction, dependencies.now()),
    mayReadOn: (party, transaction) => mayReadOn(dependencies, party, transaction),
    wasTakenOver: (party, transaction) => wasTakenOver(dependencies, party, transaction),
  }
  return [
    {
      ...readFeed,
      // The handler requires the journey session, session or client that opened it, or an administrator.
      access: 'everyone',
      side: 'both',
      summary:
        'Streams the events of a transaction to its journey, agent, client or administrators; with `late=true` also after its result.',
      handle: (call) => watch(shared, call),
    },
  ]
}

async function watch(shared: Shared, call: Call): Promise<Reply> {
  const named = {
    transaction: call.query.get('transaction') ?? undefined,
    reference: call.query.get('reference') ?? undefined,
  }
  const access = await accessibleTransaction(shared, call, named)
  const isLate = call.query.get('late') === 'true'
  const after = lastEventId(call, access.transaction)
  // No event can follow. 204 keeps browsers from reconnecting.
  const isFinished = isOver(access.transaction, isLate, shared.now())
  if (isFinished && after === access.transaction.sequence) return { status: 204 }
  const { by } = access
  const party = await partyOf(call, by)
  // Only the agent gets codes. Administrators and clients have no caller on the phone.
  // rule H16: otherwise administrators and clients see the codes in the feed
  const isAgent = by === 'journey' || by === 'session'
  const filter = notificationFilter(access.transaction, call.realm.settings)
  const reader = await readerOf(call, access)
  // Don't await anything between this and the stream, which releases the slot.
  const release = shared.feed.takeSlot(reader)
  return {
    stream: (reply) => stream(shared, reply, access, { after, isLate, isAgent, party, filter, release }),
  }
}

async function readerOf(call: Call, { by, transaction }: AccessibleTransaction): Promise<FeedReader> {
  const source = sourceOf(call.clientIp)
  if (by === 'client') return { client: `${call.realm.path} ${(await call.client())?.clientId}`, source }
  const session = (await call.session())?.session
  return {
    journeySession: by === 'journey' ? transaction.openedBy.journeySession : undefined,
    person: session && personKey(session),
    source,
  }
}

/** The client's Last-Event-ID. An id beyond the current sequence is ignored, and the client gets a snapshot. */
function lastEventId({ headers }: Call, { sequence }: Transaction): number | undefined {
  const id = headers['last-event-id']
  const number = typeof id === 'string' && /^\d{1,15}$/.test(id) ? Number(id) : undefined
  return number !== undefined && number <= sequence ? number : undefined
}

function stream(
  shared: Shared,
  reply: FastifyReply,
  { transaction, redirectUri }: AccessibleTransaction,
  options: Pick<FeedOptions, 'after' | 'isLate' | 'isAgent' | 'party' | 'filter' | 'release'>,
): void {
  // Not the logger of the request, which would keep the whole request.
  const { log } = reply.server
  const correlationId = reply.request.id
  const connection = openEventStream(reply)
  if (connection === undefined) {
    options.release()
    return
  }
  new FeedWriter(shared, connection, transaction.idHash, {
    ...options,
    redirectUri,
    onError: (error) => log.error({ err: error, correlationId }, 'live feed failed'),
  }).start(transaction.expiresAt)
}
