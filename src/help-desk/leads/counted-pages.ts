import { setImmediate as nextTurn } from 'node:timers/promises'
import type { CountedCheck, CountedQuery, LeadStore } from './lead-store.ts'

/** Few enough that other requests wait for a page only for milliseconds. */
const pageSize = 250

/** All checks of a period, page by page. Lets other requests run in between. */
export async function* countedPages(
  store: Pick<LeadStore, 'counted'>,
  period: Pick<CountedQuery, 'realm' | 'from' | 'to'>,
): AsyncGenerator<CountedCheck[]> {
  let after: CountedCheck | undefined
  for (;;) {
    const page = await store.counted({ ...period, after, limit: pageSize })
    if (page.length > 0) yield page
    after = page.at(-1)
    if (page.length < pageSize) return
    await nextTurn()
  }
}
