import {
  parseEntry,
  parseSnapshot,
  readVerification,
  type Snapshot,
  type TimelineEntry,
} from './help-desk.ts'
import { realmPath } from './realm-path.ts'
import { OfflineError, WireError } from './request.ts'
import { serverEvents } from './server-sent-events.ts'

/** How news come: pushed, asked for every 3 s, or not at all for now. `over`: nothing can follow. */
export type Line =
  | { kind: 'live' }
  | { kind: 'asking' }
  | { kind: 'away'; nextTryAt: number }
  | { kind: 'over' }
  | { kind: 'refused'; code: number }

export type Told =
  | { kind: 'snapshot'; snapshot: Snapshot }
  | { kind: 'entry'; entry: TimelineEntry }
  | { kind: 'line'; line: Line }

export type Watching = {
  realm: string
  /** Known after the start; without it the feed is opened with `authId` and tells the reference. */
  reference?: string | undefined
  /** The newest of the front journey. Used for the first request alone: it grows old. */
  authId?: string | undefined
  signal: AbortSignal
  tell(told: Told): void
  now?(): number
}

/** Milliseconds between questions while the feed is away, and between attempts to open it again. */
const askingPause = 3_000
const reopenPauses = [500, 1_000, 2_000, 4_000, 8_000] as const

/**
 * Reads what happens to a check until nothing can follow: by the live feed, and while that is away by asking. Goes on
 * where it stopped. Answers when the check is over, the server refused, or the signal is aborted.
 */
export async function watchCheck(watching: Watching): Promise<void> {
  const { signal, tell } = watching
  const reading: Reading = { reference: watching.reference, after: undefined }
  let authId = watching.authId
  for (let failures = 0; !signal.aborted; failures++) {
    const before = reading.after
    const end = await readFeed(watching, reading, authId)
    authId = reading.reference === undefined ? authId : undefined
    // Closed in good order with news before: the server stops, or it is done. The next attempt tells which.
    if (end === 'closed' && reading.after !== before) continue
    if (signal.aborted) return
    if (end === 'gone') await askForTheEnd(watching, reading)
    if (end === 'gone') return tell({ kind: 'line', line: { kind: 'over' } })
    if (end !== 'lost' && end !== 'closed') return tell({ kind: 'line', line: end })
    if (reading.after !== before) failures = 0
    const pause = reopenPauses[Math.min(failures, reopenPauses.length - 1)] ?? askingPause
    const over = await askMeanwhile(watching, reading, pause)
    if (over !== undefined) return tell({ kind: 'line', line: over })
  }
}

type Reading = {
  reference: string | undefined
  /** Id of the last event that was read. */
  after: string | undefined
}

/**
 * Reads the feed as long as it lasts.
 * @returns `lost` and `closed` when it should be opened again, `gone` when the check's time is over.
 */
async function readFeed(
  { realm, signal, tell }: Watching,
  reading: Reading,
  authId: string | undefined,
): Promise<Line | 'lost' | 'closed' | 'gone'> {
  const { reference } = reading
  const by = reference === undefined ? '?late=true' : `?reference=${encodeURIComponent(reference)}&late=true`
  let isOpen = false
  const events = serverEvents(`${realmPath(realm)}/authenticate/backchannel/events${by}`, {
    signal,
    after: reading.after,
    onOpen: () => {
      isOpen = true
      tell({ kind: 'line', line: { kind: 'live' } })
    },
    ...(reference === undefined && authId !== undefined ? { headers: { 'x-sidegate-authid': authId } } : {}),
  })
  try {
    for await (const { id, event, data } of events) {
      reading.after = id ?? reading.after
      if (event === 'snapshot') {
        const snapshot = parseSnapshot(data)
        reading.reference = snapshot.reference
        tell({ kind: 'snapshot', snapshot })
      } else {
        const entry = parseEntry(data)
        tell({ kind: 'entry', entry })
        if (isFinal(entry)) return { kind: 'over' }
      }
    }
    // Nothing can follow: that was 204, or the time is over and the next attempt says so.
    return isOpen || signal.aborted ? 'closed' : { kind: 'over' }
  } catch (error) {
    const isGone = error instanceof WireError && error.code === 404 && reference !== undefined
    return isGone ? 'gone' : (refusal(error) ?? 'lost')
  }
}

/** After these nothing follows; after a result, a late rejection may. */
function isFinal({ kind }: TimelineEntry): boolean {
  return ['cancelled', 'expired', 'notMe', 'calledMe', 'notVouched', 'rejected'].includes(kind)
}

function refusal(error: unknown): Line | undefined {
  if (!(error instanceof WireError) || error.code >= 500 || error.code === 429) return undefined
  return { kind: 'refused', code: error.code }
}

async function askForTheEnd({ realm, signal, tell }: Watching, { reference }: Reading): Promise<void> {
  const answer = reference === undefined ? 'away' : await askOnce(realm, reference, signal)
  if (answer !== 'away' && !('kind' in answer)) tell({ kind: 'snapshot', snapshot: answer })
}

/**
 * Until it is time to try the feed again, asks for the whole check.
 * @returns a line when there is nothing to go back to.
 */
async function askMeanwhile(
  { realm, signal, tell, now = Date.now }: Watching,
  reading: Reading,
  pause: number,
): Promise<Line | undefined> {
  const nextTryAt = now() + pause
  for (;;) {
    if (signal.aborted) return undefined
    const answer = reading.reference === undefined ? 'away' : await askOnce(realm, reading.reference, signal)
    if (signal.aborted) return undefined
    if (answer === 'away')
      tell({ kind: 'line', line: { kind: 'away', nextTryAt: Math.max(now(), nextTryAt) } })
    else if ('kind' in answer) return answer
    else {
      tell({ kind: 'snapshot', snapshot: answer })
      if (answer.timeline.some(isFinal)) return { kind: 'over' }
      tell({ kind: 'line', line: { kind: 'asking' } })
    }
    const left = nextTryAt - now()
    if (left <= 0) return undefined
    await elapsed(Math.min(left, askingPause), signal)
  }
}

async function askOnce(
  realm: string,
  reference: string,
  signal: AbortSignal,
): Promise<Snapshot | Line | 'away'> {
  try {
    const { verification, ...check } = await readVerification(realm, reference, signal)
    return { ...check, code: verification?.code, reverseCode: verification?.reverseCode }
  } catch (error) {
    if (error instanceof OfflineError || signal.aborted) return 'away'
    return refusal(error) ?? 'away'
  }
}

/** Waits, or less long when the signal is aborted. */
function elapsed(milliseconds: number, signal: AbortSignal): Promise<void> {
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
