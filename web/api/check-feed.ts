import { parseEntry, parseSnapshot, readCheck, type Snapshot, type TimelineEntry } from './help-desk.ts'
import { realmPath } from './realm-path.ts'
import { ApiError, OfflineError } from './request.ts'
import { serverEvents } from './server-sent-events.ts'

/** `polling`: the feed is down, but the check can be read. `ended`: no more events can follow. */
export type FeedStatus =
  | { kind: 'live' }
  | { kind: 'polling' }
  | { kind: 'disconnected'; nextTryAt: number }
  | { kind: 'ended' }
  | { kind: 'refused'; code: number }

export type CheckUpdate =
  | { kind: 'snapshot'; snapshot: Snapshot }
  | { kind: 'entry'; entry: TimelineEntry }
  | { kind: 'status'; status: FeedStatus }

export type WatchOptions = {
  realm: string
  /** Left out right after the start of a journey: the feed is then opened with `authId`, and its snapshot has the reference. */
  reference?: string | undefined
  /** The journey's latest `authId`. Used for the first request only, because it expires. */
  authId?: string | undefined
  signal: AbortSignal
  onUpdate(update: CheckUpdate): void
  now?(): number
}

/** Milliseconds between polls while the feed is down. */
const pollInterval = 3_000
/** Milliseconds before each attempt to reopen the feed. */
const retryDelays = [500, 1_000, 2_000, 4_000, 8_000] as const

/**
 * Watches a check over the live feed, and polls it while the feed is down. Resumes after the last event read. Resolves
 * when no more events can follow, the server refused, or the signal is aborted.
 */
export async function watchCheck(options: WatchOptions): Promise<void> {
  const { signal, onUpdate } = options
  const position: ReadPosition = { reference: options.reference, after: undefined }
  let authId = options.authId
  for (let failures = 0; !signal.aborted; failures++) {
    const before = position.after
    const end = await readFeed(options, position, authId)
    authId = position.reference === undefined ? authId : undefined
    // Closed cleanly after new events: the server is shutting down, or the check is over. The next attempt tells which.
    if (end === 'closed' && position.after !== before) continue
    if (signal.aborted) return
    if (end === 'gone') await readEnd(options, position)
    if (end === 'gone') return onUpdate({ kind: 'status', status: { kind: 'ended' } })
    if (end !== 'lost' && end !== 'closed') return onUpdate({ kind: 'status', status: end })
    if (position.after !== before) failures = 0
    const delay = retryDelays[Math.min(failures, retryDelays.length - 1)] ?? pollInterval
    const final = await pollUntilRetry(options, position, delay)
    if (final !== undefined) return onUpdate({ kind: 'status', status: final })
  }
}

type ReadPosition = {
  reference: string | undefined
  /** Id of the last event read. */
  after: string | undefined
}

/**
 * Reads the feed until it closes.
 * @returns `lost` and `closed` when the feed should be reopened, `gone` when the check has expired.
 */
async function readFeed(
  { realm, signal, onUpdate }: WatchOptions,
  position: ReadPosition,
  authId: string | undefined,
): Promise<FeedStatus | 'lost' | 'closed' | 'gone'> {
  const { reference } = position
  const query =
    reference === undefined ? '?late=true' : `?reference=${encodeURIComponent(reference)}&late=true`
  let isOpen = false
  const events = serverEvents(`${realmPath(realm)}/authenticate/backchannel/events${query}`, {
    signal,
    after: position.after,
    onOpen: () => {
      isOpen = true
      onUpdate({ kind: 'status', status: { kind: 'live' } })
    },
    ...(reference === undefined && authId !== undefined ? { headers: { 'x-sidegate-authid': authId } } : {}),
  })
  try {
    for await (const { id, event, data } of events) {
      position.after = id ?? position.after
      if (event === 'snapshot') {
        const snapshot = parseSnapshot(data)
        position.reference = snapshot.reference
        onUpdate({ kind: 'snapshot', snapshot })
      } else {
        const entry = parseEntry(data)
        onUpdate({ kind: 'entry', entry })
        if (isFinal(entry)) return { kind: 'ended' }
      }
    }
    // Not opened: the server answered 204, so no events can follow. Opened: the next attempt tells.
    return isOpen || signal.aborted ? 'closed' : { kind: 'ended' }
  } catch (error) {
    const isGone = error instanceof ApiError && error.code === 404 && reference !== undefined
    return isGone ? 'gone' : (refusedStatus(error) ?? 'lost')
  }
}

/** No event follows these. Approvals and denials are missing here: a late rejection can follow them. */
function isFinal({ kind }: TimelineEntry): boolean {
  return ['cancelled', 'expired', 'notMe', 'calledMe', 'notVouched', 'rejected'].includes(kind)
}

function refusedStatus(error: unknown): FeedStatus | undefined {
  if (!(error instanceof ApiError) || error.code >= 500 || error.code === 429) return undefined
  return { kind: 'refused', code: error.code }
}

async function readEnd(
  { realm, signal, onUpdate }: WatchOptions,
  { reference }: ReadPosition,
): Promise<void> {
  const polled = reference === undefined ? 'unreachable' : await pollOnce(realm, reference, signal)
  if (polled !== 'unreachable' && !('kind' in polled)) onUpdate({ kind: 'snapshot', snapshot: polled })
}

/**
 * Polls the check until the feed should be tried again.
 * @returns the final status, if the feed should not be tried again.
 */
async function pollUntilRetry(
  { realm, signal, onUpdate, now = Date.now }: WatchOptions,
  { reference }: ReadPosition,
  delay: number,
): Promise<FeedStatus | undefined> {
  const nextTryAt = now() + delay
  const setStatus = (status: FeedStatus) => onUpdate({ kind: 'status', status })
  for (;;) {
    if (signal.aborted) return undefined
    const polled = reference === undefined ? 'unreachable' : await pollOnce(realm, reference, signal)
    if (signal.aborted) return undefined
    if (polled === 'unreachable') {
      setStatus({ kind: 'disconnected', nextTryAt: Math.max(now(), nextTryAt) })
    } else if ('kind' in polled) {
      return polled
    } else {
      onUpdate({ kind: 'snapshot', snapshot: polled })
      if (polled.timeline.some(isFinal)) return { kind: 'ended' }
      setStatus({ kind: 'polling' })
    }
    const left = nextTryAt - now()
    if (left <= 0) return undefined
    await wait(Math.min(left, pollInterval), signal)
  }
}

async function pollOnce(
  realm: string,
  reference: string,
  signal: AbortSignal,
): Promise<Snapshot | FeedStatus | 'unreachable'> {
  try {
    const { verification, ...check } = await readCheck(realm, reference, signal)
    return { ...check, code: verification?.code, reverseCode: verification?.reverseCode }
  } catch (error) {
    if (error instanceof OfflineError || signal.aborted) return 'unreachable'
    return refusedStatus(error) ?? 'unreachable'
  }
}

/** Resolves early when the signal is aborted. */
function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })
}
