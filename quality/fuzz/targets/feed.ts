import fc from 'fast-check'
import { oddText } from '../oddities.ts'
import type { Target } from '../target.ts'

/** Characters that are valid in a header. */
const headerValue = oddText.map((text) => text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '').trim())

/** The live feed, requested with random headers and parameters. */
export const feed: Target = {
  name: 'feed',
  property: (world) =>
    fc.asyncProperty(
      fc.dictionary(
        fc.constantFrom('last-event-id', 'x-sidegate-authid', 'authorization', 'accept', 'cookie'),
        headerValue,
      ),
      fc.dictionary(fc.constantFrom('transaction', 'reference', 'late', 'after'), oddText),
      fc.constantFrom('GET', 'HEAD'),
      async (headers, query, method) => {
        const path = `/am/json/realms/root/realms/alpha/authenticate/backchannel/events?${new URLSearchParams(query)}`
        await world.ask({ method, path, headers })
      },
    ),
}
