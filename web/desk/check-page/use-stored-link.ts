import { useMemo } from 'react'
import { storedJourneys } from '../checks/stored-journeys.ts'

/** The link from the feed, or after a reload from session storage. */
export function useStoredLink(reference: string, link: string | undefined): string | undefined {
  const stored = useMemo(() => storedJourneys()[reference]?.link, [reference])
  return link ?? stored
}
