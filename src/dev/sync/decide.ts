import type { Difference, Item } from '../../journeys/compare/difference.ts'
import { differencesOf } from '../../journeys/compare/differences.ts'
import { itemKeys, keyOf } from '../../journeys/compare/to-write.ts'
import type { Bundle } from '../../journeys/exchange/bundle.ts'

/** The side that counts where both have changed. */
export type Side = 'files' | 'server'

export type BothSides = { files: Bundle; server: Bundle }

/** A thing with its differences since the last sync. */
export type ChangedThing = { key: string; item: Item; differences: Difference[] }

/** A thing that both sides changed in different ways. */
export type Conflict = { key: string; item: Item; files: Difference[]; server: Difference[] }

export type Decision = {
  /** Changed in the files alone. */
  toServer: ChangedThing[]
  /** Changed on the server alone. */
  toFiles: ChangedThing[]
  /** Removed from one side alone. They stay on the other one. */
  removed: { from: Side; thing: ChangedThing }[]
  conflicts: Conflict[]
}

/**
 * Decides where changes since the last sync go.
 * @param base both sides at the last sync.
 * @param chosen sides that count for things that both changed, by key.
 */
export function decide(base: BothSides, now: BothSides, chosen: ReadonlyMap<string, Side>): Decision {
  const inFiles = changedThings(base.files, now.files)
  const onServer = changedThings(base.server, now.server)
  const unequal = new Set(changedThings(now.server, now.files).keys())
  const present = { files: new Set(itemKeys(now.files)), server: new Set(itemKeys(now.server)) }
  const decision: Decision = { toServer: [], toFiles: [], removed: [], conflicts: [] }
  for (const key of new Set([...inFiles.keys(), ...onServer.keys()])) {
    const [ours, theirs] = [inFiles.get(key), onServer.get(key)]
    const winner = ours === undefined ? 'server' : theirs === undefined ? 'files' : chosen.get(key)
    const thing = winner === 'server' ? (theirs ?? ours) : (ours ?? theirs)
    if (thing === undefined) continue
    if (winner === undefined) {
      if (unequal.has(key)) {
        const { item } = thing
        const [files, server] = [ours?.differences ?? [], theirs?.differences ?? []]
        decision.conflicts.push({ key, item, files, server })
      }
    } else if (!present[winner].has(key)) decision.removed.push({ from: winner, thing })
    else if (winner === 'files') decision.toServer.push(thing)
    else decision.toFiles.push(thing)
  }
  return decision
}

/** Differences by the key of their thing. */
function changedThings(before: Bundle, after: Bundle): Map<string, ChangedThing> {
  const things = new Map<string, ChangedThing>()
  for (const difference of differencesOf(before, after).differences) {
    const key = keyOf(difference.item)
    const thing = things.get(key) ?? { key, item: difference.item, differences: [] }
    thing.differences.push(difference)
    things.set(key, thing)
  }
  return things
}
