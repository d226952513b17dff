import type { FastifyReply } from 'fastify'
import { readFeed } from '../../../../contract/backchannel.ts'
import { type FeedReader, personKey } from '../../../help-desk/transactions/feed-slots.ts'
import type { LiveFeed } from '../../../help-desk/transactions/live-feed.ts'
import type { Transaction } from '../../../help-desk/transactions/transaction.ts'
import { sourceOf } from '../../../limits/source.ts'
import type { Call, Reply, Route } from '../../route.ts'
import { type CodeSources, codesOf } from '../checks/check-view.ts'
import { type FeedOptions, type FeedSources, FeedWriter, isOver } from './feed-writer.ts'
import { notificationFilter } from './notification-filter.ts'
import {
  type AccessibleTransaction,
  accessibleTransaction,
  type TransactionAccess,
} from './transaction-access.ts'

export type FeedDependencies = TransactionAccess &
  CodeSources & { feed: LiveFeed; metrics: FeedSources['metrics'] }

/** The live feed of a transaction as server-sent events: a snapshot, then each event with its sequence number as id. */
export function backchannelEventRoutes(dependencies: FeedDependencies): Route[] {
  return [
    {
      ...readFeed,
      // The handler requires the journey session, session or client that opened it, or an administrator.
      access: 'everyone',
      summary:
        'Streams the events of a transaction to its journey, agent, client or administrators; with `late=true` also after its result.',
      handle: (call) => watch(dependencies, call),
    },
  ]
}

async function watch(dependencies: FeedDependencies, call: Call): Promise<Reply> {
  const named = {
    transaction: call.query.get('transaction') ?? undefined,
    reference: call.query.get('reference') ?? undefined,
  }
  const access = await accessibleTransaction(dependencies, call, named)
  const isLate = call.query.get('late') === 'true'
  const after = lastEventId(call, access.transaction)
  // No event can follow. 204 keeps browsers from reconnecting.
  const isFinished = isOver(access.transaction, isLate, dependencies.now())
  if (isFinished && after === access.transaction.sequence) return { status: 204 }
  const codes = codesFor(dependencies, access)
  const filter = notificationFilter(access.transaction, call.realm.settings)
  const reader = await readerOf(call, access)
  // Don't await anything between this and the stream, which releases the slot.
  const release = dependencies.feed.takeSlot(reader)
  return { stream: (reply) => stream(dependencies, reply, access, { after, isLate, codes, filter, release }) }
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

/** Only the agent gets codes. Administrators and clients have no caller on the phone. */
function codesFor(
  dependencies: FeedDependencies,
  { by }: Pick<AccessibleTransaction, 'by'>,
): FeedOptions['codes'] {
  const isAgent = by === 'journey' || by === 'session'
  return async (transaction) => (isAgent ? codesOf(dependencies, transaction, dependencies.now()) : undefined)
}

/** The client's Last-Event-ID. An id beyond the current sequence is ignored, and the client gets a snapshot. */
function lastEventId({ headers }: Call, { sequence }: Transaction): number | undefined {
  const id = headers['last-event-id']
  const number = typeof id === 'string' && /^\d{1,15}$/.test(id) ? Number(id) : undefined
  return number !== undefined && number <= sequence ? number : undefined
}

function stream(
  dependencies: FeedDependencies,
  reply: FastifyReply,
  { transaction, redirectUri }: AccessibleTransaction,
  options: Pick<FeedOptions, 'after' | 'isLate' | 'codes' | 'filter' | 'release'>,
): void {
  reply.hijack()
  const headers = Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)])
  reply.raw.writeHead(200, {
    ...Object.fromEntries(headers),
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  reply.raw.flushHeaders()
  new FeedWriter(dependencies, reply.raw, transaction.idHash, {
    ...options,
    redirectUri,
    onError: (error) => reply.log.error({ err: error }, 'live feed failed'),
  }).start(transaction.expiresAt)
}
