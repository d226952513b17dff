import { create } from 'zustand'
import type { Step } from '../../api/authenticate.ts'
import { type CheckUpdate, type FeedStatus, watchCheck } from '../../api/check-feed.ts'
import type { Person } from '../../api/help-desk.ts'
import { applyUpdate, type Check } from '../../check-model/check.ts'
import type { JourneyMessage } from '../../check-model/timeline.ts'

/** A check with what this window adds to it: the state of its feed, and the front journey if it runs here. */
export type LiveCheck = {
  /** Undefined before the first snapshot. */
  check: Check | undefined
  status: FeedStatus | undefined
  /** The chosen caller, if this window started the check. */
  person: Person | undefined
  messages: readonly JourneyMessage[]
  /** The step of the front journey that the agent has to answer. */
  question: Step | undefined
}

const emptyCheck: LiveCheck = {
  check: undefined,
  status: undefined,
  person: undefined,
  messages: [],
  question: undefined,
}

/** All checks of this window by reference. */
export const useLiveChecks = create<Readonly<Record<string, LiveCheck>>>()(() => ({}))

export function updateCheck(reference: string, changes: Partial<LiveCheck>): void {
  useLiveChecks.setState((all) => ({ [reference]: { ...(all[reference] ?? emptyCheck), ...changes } }))
}

/** An open feed and the number of components that show its check. */
type Watch = { viewers: number; abort: AbortController; closing: ReturnType<typeof setTimeout> | undefined }

const watches = new Map<string, Watch>()
const listeners = new Set<(reference: string, kind: string) => void>()

/** Milliseconds that a feed stays open after its last viewer, so that navigation reuses it. */
const closeDelay = 1_000

/** Calls the listener for every new timeline entry of a feed. */
export function onEntry(listener: (reference: string, kind: string) => void): void {
  listeners.add(listener)
}

/** Watches a check while a component shows it. @returns the cleanup function. */
export function watchWhileShown(realm: string, reference: string): () => void {
  const watch = watches.get(reference) ?? startWatch(realm, reference)
  watch.viewers++
  clearTimeout(watch.closing)
  return () => {
    watch.viewers--
    if (watch.viewers === 0) closeSoon(reference, watch)
  }
}

/**
 * Opens the feed of the check that a front journey has just created.
 * @returns its reference; undefined if the journey has not created a check yet.
 */
export function watchNewCheck(realm: string, authId: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const abort = new AbortController()
    let reference: string | undefined
    watchCheck({
      realm,
      authId,
      signal: abort.signal,
      onUpdate(update) {
        if (reference === undefined && update.kind === 'snapshot') {
          reference = update.snapshot.reference
          const watch = { viewers: 0, abort, closing: undefined }
          watches.set(reference, watch)
          closeSoon(reference, watch)
          updateCheck(reference, { status: { kind: 'live' } })
        }
        if (reference === undefined) return
        handleUpdate(reference, update)
        resolve(reference)
      },
    }).finally(() => resolve(reference))
  })
}

/** Reopens a feed without waiting for its next retry. */
export function reconnect(realm: string, reference: string): void {
  const watch = watches.get(reference)
  if (watch === undefined) return
  watch.abort.abort()
  watch.abort = new AbortController()
  openFeed(realm, reference, watch.abort.signal)
}

function startWatch(realm: string, reference: string): Watch {
  const watch: Watch = { viewers: 0, abort: new AbortController(), closing: undefined }
  watches.set(reference, watch)
  openFeed(realm, reference, watch.abort.signal)
  return watch
}

function openFeed(realm: string, reference: string, signal: AbortSignal): void {
  watchCheck({ realm, reference, signal, onUpdate: (update) => handleUpdate(reference, update) })
}

function closeSoon(reference: string, watch: Watch): void {
  watch.closing = setTimeout(() => {
    watch.abort.abort()
    watches.delete(reference)
    updateCheck(reference, { status: undefined })
  }, closeDelay)
}

function handleUpdate(reference: string, update: CheckUpdate): void {
  if (update.kind === 'status') {
    updateCheck(reference, { status: update.status })
    return
  }
  const { check } = useLiveChecks.getState()[reference] ?? emptyCheck
  updateCheck(reference, { check: applyUpdate(check, update) })
  if (update.kind === 'snapshot' || check === undefined) return
  for (const listener of listeners) listener(reference, update.entry.kind)
}
