import { create } from 'zustand'
import type { Check } from '../../check-model/check.ts'
import { type FeedStatus, type WatchOptions, watchCheck } from '../../check-model/watch-check.ts'

/** A check and its feed. The check is undefined before the first snapshot. */
export type LiveCheck = { check?: Check; status?: FeedStatus | undefined }

/** All checks of this window by reference. */
export const useLiveChecks = create<Readonly<Record<string, LiveCheck>>>()(() => ({}))

function update(reference: string, changes: LiveCheck): void {
  useLiveChecks.setState((all) => ({ [reference]: { ...all[reference], ...changes } }))
}

/** An open feed and the number of components that show its check. */
type Watch = { viewers: number; abort: AbortController; closing: ReturnType<typeof setTimeout> | undefined }

const watches = new Map<string, Watch>()
const listeners = new Set<(reference: string, kind: string) => void>()

/** Milliseconds that a feed stays open after its last viewer, so that navigation reuses it. */
const closeDelay = 1_000

/** Calls the listener for every event of a feed. */
export function onEvent(listener: (reference: string, kind: string) => void): void {
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
      onCheck(check, event) {
        if (reference === undefined) {
          reference = check.reference
          const watch = { viewers: 0, abort, closing: undefined }
          watches.set(reference, watch)
          closeSoon(reference, watch)
          update(reference, { status: { kind: 'live' } })
        }
        storeUpdates(reference).onCheck(check, event)
        resolve(reference)
      },
      onStatus(status) {
        if (reference !== undefined) update(reference, { status })
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

/** Reopens a feed from its beginning, because the agent may now see more of the check than before. */
export function watchAnew(realm: string, reference: string): void {
  useLiveChecks.setState((all) => {
    const { [reference]: _known, ...others } = all
    return others
  }, true)
  reconnect(realm, reference)
}

/** The same for all open feeds. */
export function reconnectAll(realm: string): void {
  for (const reference of watches.keys()) reconnect(realm, reference)
}

function startWatch(realm: string, reference: string): Watch {
  const watch: Watch = { viewers: 0, abort: new AbortController(), closing: undefined }
  watches.set(reference, watch)
  openFeed(realm, reference, watch.abort.signal)
  return watch
}

function openFeed(realm: string, reference: string, signal: AbortSignal): void {
  const known = useLiveChecks.getState()[reference]?.check
  watchCheck({ realm, reference, known, signal, ...storeUpdates(reference) })
}

function closeSoon(reference: string, watch: Watch): void {
  watch.closing = setTimeout(() => {
    watch.abort.abort()
    watches.delete(reference)
    update(reference, { status: undefined })
  }, closeDelay)
}

function storeUpdates(reference: string): Pick<WatchOptions, 'onCheck' | 'onStatus'> {
  return {
    onCheck(check, event) {
      update(reference, { check })
      if (event === undefined) return
      for (const listener of listeners) listener(reference, event.kind)
    },
    onStatus: (status) => update(reference, { status }),
  }
}
