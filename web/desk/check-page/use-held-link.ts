import { useMemo } from 'react'
import { heldJourneys } from '../live/held-journeys.ts'

/** The link, from the feed of the journey that made it or from what this window keeps over a reload. */
export function useHeldLink(reference: string, link: string | undefined): string | undefined {
  const held = useMemo(() => heldJourneys()[reference]?.link, [reference])
  return link ?? held
}
