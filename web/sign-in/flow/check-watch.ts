import { type CallerCheck, describeCheck } from '../../api/callers-page.ts'
import { ApiError } from '../../api/request.ts'
import { isPolling } from '../step/inputs.ts'
import type { FlowStore } from './flow-store.ts'
import type { End } from './view.ts'

const watchMs = 4_000

type Link = Parameters<typeof describeCheck>[0]

/**
 * Tells a caller who is looking at a page that their check ended, so that nobody fills in a form in vain: the agent cancelled it,
 * or the person reported an attack elsewhere.
 */
export function watchCheck(store: FlowStore, link: () => Link, end: (end: End) => void): void {
  const again = () => watchCheck(store, link, end)
  setTimeout(() => void lookAt(store, link, end).finally(again), watchMs)
}

async function lookAt(store: FlowStore, link: () => Link, end: (end: End) => void): Promise<void> {
  const { view, isBusy } = store.read()
  // A polling page learns it from its own requests.
  const isShown = view.kind === 'caller' || (view.kind === 'step' && !isPolling(view.step))
  if (!isShown || isBusy || document.visibilityState !== 'visible') return
  const found = await describeCheck(link()).catch((error: unknown) => error)
  // The person may have gone on meanwhile.
  if (store.read().view !== view || store.read().isBusy) return
  if (found instanceof ApiError) {
    if (found.code === 404) end({ kind: 'gone' })
  } else if (isCheck(found) && found.state === 'COMPLETED') end({ kind: 'over', check: found })
}

/** Whether the answer describes a check. It doesn't while there is no connection; the next look tries again. */
function isCheck(found: unknown): found is CallerCheck {
  return typeof found === 'object' && found !== null && 'expiresAt' in found
}
