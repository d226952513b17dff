/** A thing before and after a change. Undefined: it doesn't exist there. */
export type Pair<Thing> = { before: Thing | undefined; after: Thing | undefined }

/**
 * Pairs the things of two lists. Each key function is tried in turn on what is left, such as first by id and then by name;
 * things with the same key are paired in order. `''` is no key.
 *
 * @returns pairs in the order of `after`, then what was removed in the order of `before`.
 */
export function pairs<Thing>(
  before: readonly Thing[],
  after: readonly Thing[],
  keys: readonly { before(thing: Thing): string; after(thing: Thing): string }[],
): Pair<Thing>[] {
  const partners = new Map<Thing, Thing>()
  const taken = new Set<Thing>()
  for (const key of keys) {
    const open = Map.groupBy(
      before.filter((thing) => !taken.has(thing)),
      (thing) => key.before(thing),
    )
    open.delete('')
    for (const thing of after) {
      if (partners.has(thing)) continue
      const partner = open.get(key.after(thing))?.shift()
      if (partner === undefined) continue
      partners.set(thing, partner)
      taken.add(partner)
    }
  }
  return [
    ...after.map((thing) => ({ before: partners.get(thing), after: thing })),
    ...before.filter((thing) => !taken.has(thing)).map((thing) => ({ before: thing, after: undefined })),
  ]
}

/** The same key on both sides. */
export function keyOf<Thing>(key: (thing: Thing) => string) {
  return { before: key, after: key }
}
