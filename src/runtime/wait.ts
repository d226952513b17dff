import { type FeedReader, personKey } from '../help-desk/transactions/feed-slots.ts'
import { sourceOf } from '../limits/source.ts'
import { digest } from '../secrets/digest.ts'
import type { AuthenticateRequest } from './authenticate-request.ts'
import { openRun, type SavedRun } from './saved-run.ts'
import { isUnderWay } from './step-store.ts'
import type { World } from './world.ts'

type Waiting = Pick<SavedRun, 'session' | 'watching'>

/**
 * Holds the response of a waiting page until its transaction changes.
 * @param waitSeconds maximum time to wait.
 * @returns whether the transaction changed.
 */
export async function waitForTransaction(
  world: World,
  request: AuthenticateRequest,
  { idHash, step }: { idHash: string; step: number },
  waitSeconds: number,
): Promise<boolean> {
  const stored = await world.steps.read(idHash)
  if (stored === undefined || stored.step !== step || !isUnderWay(stored, world.now())) return false
  const watched = watchedBy(openRun(world, stored))
  if (watched === undefined) return false
  return world.transactions.waitForChange(
    digest(watched.transaction),
    watched.sequence,
    waitSeconds * 1000,
    request.disconnected(),
    readerOf(request, idHash),
  )
}

/**
 * Tells clients that the server can hold the response to this page (`Prefer: wait=…`), so they can post it immediately instead
 * of waiting first.
 */
export function holdHeader(saved: Waiting): Readonly<Record<string, string>> {
  return watchedBy(saved) === undefined ? {} : { 'x-sidegate-held': 'wait' }
}

/** The transaction that a waiting page is about and the last event that the journey has seen; undefined for other pages. */
function watchedBy({ session, watching }: Waiting): SavedRun['watching'] {
  return session.pending.some(({ type }) => type === 'PollingWaitCallback') ? watching : undefined
}

/** A held response counts towards the limits of live feeds. */
function readerOf({ signedIn, view }: AuthenticateRequest, journeySession: string): FeedReader {
  return { journeySession, person: signedIn && personKey(signedIn.session), source: sourceOf(view.clientIp) }
}
