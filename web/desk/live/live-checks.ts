import { create } from 'zustand'
import type { Step } from '../../api/authenticate.ts'
import { type CheckUpdate, type FeedStatus, watchCheck } from '../../api/check-feed.ts'
import type { Person } from '../../api/help-desk.ts'
import { applyUpdate, type Check } from '../../check-model/check.ts'
import type { JourneyMessage } from '../../check-model/timeline.ts'

/** A check that this window watches or runs. */
export type LiveCheck = {
  check: Check | undefined
  line: FeedStatus | undefined
  /** Whom it is about, where this window started it. */
  person: Person | undefined
  said: readonly JourneyMessage[]
  /** What the front journey asks the agent, once the check runs. */
  asked: Step | undefined
}

const nothing: LiveCheck = {
  check: undefined,
  line: undefined,
  person: undefined,
  said: [],
  asked: undefined,
}

/** All checks of this window by their reference. */
export const useLiveChecks = create<Readonly<Record<string, LiveCheck>>>()(() => ({}))

/** Changes what is known of one check. */
export function change(reference: string, changed: Partial<LiveCheck>): void {
  useLiveChecks.setState((all) => ({ [reference]: { ...(all[reference] ?? nothing), ...changed } }))
}

type Watch = { viewers: number; abort: AbortController; closing: ReturnType<typeof setTimeout> | undefined }

const watches = new Map<string, Watch>()
const listeners = new Set<(reference: string, kind: string) => void>()

/** Milliseconds that a feed stays open after its last viewer: going from page to page opens none anew. */
const grace = 1_000

/** Tells each entry that a feed brings. */
export function onEntry(listener: (reference: string, kind: string) => void): void {
  listeners.add(listener)
}

/** Watches a check as long as somebody looks at it. @returns what ends the looking. */
export function view(realm: string, reference: string): () => void {
  const watch = watches.get(reference) ?? begin(realm, reference)
  watch.viewers++
  clearTimeout(watch.closing)
  return () => {
    watch.viewers--
    if (watch.viewers === 0) closeSoon(reference, watch)
  }
}

/**
 * Opens the feed of a check that a front journey has just made.
 * @returns its reference; undefined when the journey has made none yet.
 */
export function openByJourney(realm: string, authId: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const abort = new AbortController()
    let reference: string | undefined
    const watching = { realm, authId, signal: abort.signal }
    watchCheck({
      ...watching,
      onUpdate(told) {
        if (reference === undefined && told.kind === 'snapshot') {
          reference = told.snapshot.reference
          const watch = { viewers: 0, abort, closing: undefined }
          watches.set(reference, watch)
          closeSoon(reference, watch)
          change(reference, { line: { kind: 'live' } })
        }
        if (reference === undefined) return
        hear(reference, told)
        resolve(reference)
      },
    }).finally(() => resolve(reference))
  })
}

/** Tries at once to open the feeds that are away. */
export function watchAgain(realm: string, reference: string): void {
  const watch = watches.get(reference)
  if (watch === undefined) return
  watch.abort.abort()
  watch.abort = new AbortController()
  run(realm, reference, watch.abort.signal)
}

function begin(realm: string, reference: string): Watch {
  const watch: Watch = { viewers: 0, abort: new AbortController(), closing: undefined }
  watches.set(reference, watch)
  run(realm, reference, watch.abort.signal)
  return watch
}

function run(realm: string, reference: string, signal: AbortSignal): void {
  watchCheck({ realm, reference, signal, onUpdate: (told) => hear(reference, told) })
}

function closeSoon(reference: string, watch: Watch): void {
  watch.closing = setTimeout(() => {
    watch.abort.abort()
    watches.delete(reference)
    change(reference, { line: undefined })
  }, grace)
}

function hear(reference: string, told: CheckUpdate): void {
  if (told.kind === 'status') {
    change(reference, { line: told.status })
    return
  }
  const { check } = useLiveChecks.getState()[reference] ?? nothing
  change(reference, { check: applyUpdate(check, told) })
  if (told.kind === 'snapshot' || check === undefined) return
  for (const listener of listeners) listener(reference, told.entry.kind)
}
