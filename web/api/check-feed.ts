import * as z from 'zod/mini'
import { readFeed, snapshotSchema } from '../../contract/backchannel.ts'
import { eventSchema } from '../../contract/transactions.ts'
import { endpointPath } from './endpoint.ts'
import type { CheckEvent, CheckSnapshot } from './help-desk.ts'
import { type EventsRequest, serverEvents } from './server-sent-events.ts'

export type FeedRequest = Omit<EventsRequest, 'headers'> & {
  realm: string
  /** Undefined right after the start of a journey: the feed is then opened with `authId`. */
  reference?: string | undefined
  /** The journey's latest one. */
  authId?: string | undefined
  /** Keeps the feed open after the result, while the caller may still reject it. */
  isLate: boolean
}

type FeedItem = { id: string | undefined } & ({ snapshot: CheckSnapshot } | { event: CheckEvent })

/** Reads the live feed of a check until it closes. @throws as {@link serverEvents} does. */
export async function* readCheckFeed(feed: FeedRequest): AsyncGenerator<FeedItem> {
  const { reference, authId, isLate, ...request } = feed
  const query = new URLSearchParams(reference === undefined ? {} : { reference })
  if (isLate) query.set('late', 'true')
  const headers: Record<string, string> =
    reference === undefined && authId !== undefined ? { 'x-sidegate-authid': authId } : {}
  for await (const { id, event, data } of serverEvents(`${endpointPath(readFeed, feed)}?${query}`, {
    ...request,
    headers,
  })) {
    yield event === 'snapshot'
      ? { id, snapshot: z.parse(snapshotSchema(), data) }
      : { id, event: z.parse(eventSchema(), data) }
  }
}
