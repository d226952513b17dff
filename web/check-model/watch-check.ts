import { readCheckFeed } from '../api/check-feed.ts'
import { type CheckEvent, readCheck } from '../api/help-desk.ts'
import { ApiError, OfflineError } from '../api/request.ts'
import { addData, addEvent, type Check, type CheckData, checkFrom } from './check.ts'

/** `polling`: the feed is down, but the check can be read. `ended`: no more events can follow. */
export type FeedStatus =
  | { kind: 'live' }
  | { kind: 'polling' }
  | { kind: 'disconnected'; nextTryAt: number }
  | { kind: 'ended' }
  | { kind: 'refused'; code: number }

export type WatchOptions = {
  realm: string
  /** Left out right after the start of a journey: the feed is then opened with `authId`, and its snapshot has the reference. */
  reference?: string | undefined
  /** The journey's latest `authId`. Used for the first request only, because it expires. */
  authId?: string | undefined
  /** The check as an earlier feed left it. */
  known?: Check | undefined
  signal: AbortSignal
  /** `event` is the one that changed the check; undefined after a snapshot or a poll. */
  onCheck(check: Check, event: CheckEvent | undefined): void
  onStatus(status: FeedStatus): void
  now?(): number
}

/** Milliseconds between polls while the feed is down. */
const pollInterval = 3_000
/** Milliseconds before each attempt to reopen the feed. */
const retryDelays = [500, 1_000, 2_000, 4_000, 8_000] as const

type Watch = WatchOptions & {
  check: Check | undefined
  /** Id of the last event read. */
  after: string | undefined
}

/**
 * Watches a check over the live feed, and polls it while the feed is down. Resumes after the last event read. Resolves
 * when no more events can follow, the server refused, or the signal is aborted.
 */
export async function watchCheck(options: WatchOptions): Promise<void> {
  const { signal, onStatus } = options
  const watch: Watch = { ...options, check: options.known, after: undefined }
  for (let failures = 0; !signal.aborted; failures++) {
    const before = watch.after
    const end = await readFeed(watch)
    // Closed cleanly after new events: the server is shutting down, or the check is over. The next attempt tells which.
    if (end === 'closed' && watch.after !== before) continue
    if (signal.aborted) return
    if (end === 'gone') await readEnd(watch)
    if (end === 'gone') return onStatus({ kind: 'ended' })
    if (end !== 'lost' && end !== 'closed') return onStatus(end)
    if (watch.after !== before) failures = 0
    const delay = retryDelays[Math.min(failures, retryDelays.length - 1)] ?? pollInterval
    const final = await pollUntilRetry(watch, delay)
    if (final !== undefined) return onStatus(final)
  }
}

function apply(watch: Watch, data: CheckData): void {
  watch.check = watch.check === undefined ? checkFrom(data) : addData(watch.check, data)
  watch.reference = data.reference
  watch.onCheck(watch.check, undefined)
}

/**
 * Reads the feed until it closes.
 * @returns `lost` and `closed` when the feed should be reopened, `gone` when the check has expired.
 */
async function readFeed(watch: Watch): Promise<FeedStatus | 'lost' | 'closed' | 'gone'> {
  const { realm, reference, authId, after, signal, onCheck, onStatus } = watch
  let isOpen = false
  const onOpen = () => {
    isOpen = true
    onStatus({ kind: 'live' })
  }
  const items = readCheckFeed({ realm, reference, authId, after, isLate: true, onOpen, signal })
  try {
    for await (const item of items) {
      watch.after = item.id ?? watch.after
      if ('snapshot' in item) {
        apply(watch, item.snapshot)
      } else if (watch.check !== undefined) {
        watch.check = addEvent(watch.check, item.event)
        onCheck(watch.check, item.event)
        if (isFinal(item.event)) return { kind: 'ended' }
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
function isFinal({ kind }: CheckEvent): boolean {
  return ['cancelled', 'expired', 'notMe', 'calledMe', 'notVouched', 'rejected'].includes(kind)
}

function refusedStatus(error: unknown): FeedStatus | undefined {
  if (!(error instanceof ApiError) || error.code >= 500 || error.code === 429) return undefined
  return { kind: 'refused', code: error.code }
}

async function readEnd(watch: Watch): Promise<void> {
  const polled = await pollOnce(watch)
  if (polled !== 'unreachable' && !('kind' in polled)) apply(watch, polled)
}

/**
 * Polls the check until the feed should be tried again.
 * @returns the final status, if the feed should not be tried again.
 */
async function pollUntilRetry(watch: Watch, delay: number): Promise<FeedStatus | undefined> {
  const { signal, onStatus, now = Date.now } = watch
  const nextTryAt = now() + delay
  for (;;) {
    if (signal.aborted) return undefined
    const polled = await pollOnce(watch)
    if (signal.aborted) return undefined
    if (polled === 'unreachable') {
      onStatus({ kind: 'disconnected', nextTryAt: Math.max(now(), nextTryAt) })
    } else if ('kind' in polled) {
      return polled
    } else {
      apply(watch, polled)
      if (polled.timeline.some(isFinal)) return { kind: 'ended' }
      onStatus({ kind: 'polling' })
    }
    const left = nextTryAt - now()
    if (left <= 0) return undefined
    await wait(Math.min(left, pollInterval), signal)
  }
}

async function pollOnce({
  realm,
  reference,
  signal,
}: Watch): Promise<CheckData | FeedStatus | 'unreachable'> {
  if (reference === undefined) return 'unreachable'
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
