import type { SavedRun } from './saved-run.ts'

type Waiting = Pick<SavedRun, 'session' | 'watching'>

/** The transaction that a waiting page is about, as far as the journey has seen it; undefined for all other pages. */
export function watchedBy({ session, watching }: Waiting): SavedRun['watching'] {
  return session.pending.some(({ type }) => type === 'PollingWaitCallback') ? watching : undefined
}

/**
 * Tells a client that the answer to this page is held if it prefers so (`Prefer: wait=…`): it may ask at once, in place of
 * waiting first and asking then. Any other waiting page has to wait: who asks early is counted.
 */
export function heldHeader(saved: Waiting): Readonly<Record<string, string>> {
  return watchedBy(saved) === undefined ? {} : { 'x-sidegate-held': 'wait' }
}
