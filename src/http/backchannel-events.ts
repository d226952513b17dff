import type { FastifyReply } from 'fastify'
import type { LiveFeed } from '../backchannel/live-feed.ts'
import type { Transaction } from '../backchannel/transaction.ts'
import type { Transactions } from '../backchannel/transactions.ts'
import { OperationError, RequestError } from '../errors.ts'
import type { Authentication } from '../journeys/authentication.ts'
import { digest } from '../secrets/digest.ts'
import { FeedWriter } from './feed-writer.ts'
import type { Call, Route } from './route.ts'

export type FeedDependencies = {
  transactions: Transactions
  feed: LiveFeed
  authentication: Pick<Authentication, 'watched'>
  now(): number
}

/** Open feeds that one process serves; the next is told to come back later. */
const maxFeeds = 20_000

/** What a reader may see: which transaction, and the link when the reader is the journey that made it. */
type Reader = { idHash: string; redirectUri: string | undefined }

type FeedReader = Reader & { expiresAt: number }

/**
 * The live feed of one transaction as server-sent events: a snapshot, then every notification and state change in
 * order, its sequence number as event id, until the transaction ends.
 */
export function backchannelEventRoutes(dependencies: FeedDependencies): Route[] {
  return [
    {
      method: 'GET',
      path: 'authenticate/backchannel/events',
      // Decided per transaction: by the journey session or session that opened it, or by a bearer token.
      access: 'everyone',
      summary: 'Streams what happens to a transaction to those who opened it.',
      async handle(call) {
        const reader = await readerOf(dependencies, call)
        const transaction = await dependencies.transactions.findByHash(call.realm.path, reader.idHash)
        if (transaction === undefined) throw unreadable()
        if (dependencies.feed.size() >= maxFeeds) throw new OperationError('too many live feeds are open')
        const after = lastEventId(call, transaction)
        // Nothing can follow: 204 tells a browser not to come back.
        if (transaction.state === 'COMPLETED' && after === transaction.sequence) return { status: 204 }
        const { expiresAt } = transaction
        return { stream: (reply) => stream(dependencies, reply, { ...reader, expiresAt }, after) }
      },
    },
  ]
}

/** Nobody else learns whether the transaction exists. */
async function readerOf(dependencies: FeedDependencies, call: Call): Promise<Reader> {
  const asked = call.query.get('transaction')
  const authId = call.headers['x-sidegate-authid']
  if (typeof authId === 'string' && authId !== '') return watcher(dependencies, call, authId, asked)
  if (asked === null) throw new RequestError(400, 'The query parameter transaction is missing')
  const idHash = digest(asked)
  const client = await call.client()
  if (client !== undefined) {
    if (!client.scopes.includes('back_channel_authentication')) throw new RequestError(403)
    return { idHash, redirectUri: undefined }
  }
  const signedIn = await call.session()
  if (signedIn === undefined) throw new RequestError(401)
  const transaction = await dependencies.transactions.findByHash(call.realm.path, idHash)
  if (transaction?.openedBy.session !== signedIn.session.tokenHash) throw new RequestError(403)
  return { idHash, redirectUri: undefined }
}

async function watcher(
  { authentication, transactions }: FeedDependencies,
  call: Call,
  authId: string,
  asked: string | null,
): Promise<Reader> {
  const watched = await authentication.watched(call, authId)
  if (watched === undefined) throw new RequestError(401)
  const id = asked ?? watched.transaction
  if (id === undefined) throw unreadable()
  const transaction = await transactions.findByHash(call.realm.path, digest(id))
  if (transaction === undefined) throw unreadable()
  if (transaction.openedBy.journeySession !== watched.idHash) throw new RequestError(403)
  return {
    idHash: transaction.idHash,
    redirectUri: id === watched.transaction ? watched.redirectUri : undefined,
  }
}

function unreadable(): RequestError {
  return new RequestError(404, 'Unable to read transaction.')
}

/** How far the reader was. A number that this transaction has not come to is none: the reader needs a snapshot. */
function lastEventId({ headers }: Call, { sequence }: Transaction): number | undefined {
  const id = headers['last-event-id']
  const number = typeof id === 'string' && /^\d{1,15}$/.test(id) ? Number(id) : undefined
  return number !== undefined && number <= sequence ? number : undefined
}

function stream(
  dependencies: FeedDependencies,
  reply: FastifyReply,
  feed: FeedReader,
  after: number | undefined,
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
  new FeedWriter(dependencies, reply.raw, feed.idHash, {
    after,
    redirectUri: feed.redirectUri,
    onError: (error) => reply.log.error({ err: error }, 'a live feed could not be read'),
  }).start(feed.expiresAt)
}
