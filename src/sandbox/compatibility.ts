import type { Incompatibility } from './incompatibilities.ts'
import { remembered } from './remembered.ts'

export type CompatibilityWarning = { line: number; message: string }

/** What {@link incompatibilitiesIn} finds, as warnings. */
export async function findIncompatibilities(source: string): Promise<CompatibilityWarning[]> {
  return (await incompatibilitiesIn(source)).map(({ line, message }) => ({ line, message }))
}

/** Finds what runs differently on the vendor's engine. Loads the parser on first use: a server that only runs journeys needs none. */
export const incompatibilitiesIn = remembered(async (source): Promise<Incompatibility[]> => {
  const { allIncompatibilities } = await import('./incompatibilities.ts')
  return allIncompatibilities(source)
})
