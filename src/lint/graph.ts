/** Everything that can be reached from some ids, those included. */
export function reachableFrom(from: Iterable<string>, next: (id: string) => Iterable<string>): Set<string> {
  const seen = new Set<string>()
  const open = [...from]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue
    seen.add(id)
    open.push(...next(id))
  }
  return seen
}

/** Turns a graph round: what leads to an id. */
export function reversed(ids: readonly string[], next: (id: string) => Iterable<string>) {
  const before = new Map<string, string[]>()
  for (const id of ids) {
    for (const target of next(id)) before.set(target, [...(before.get(target) ?? []), id])
  }
  return (id: string): readonly string[] => before.get(id) ?? []
}

/** The circles of a graph, each as the ids that lead to one another. */
export function circlesIn(ids: readonly string[], next: (id: string) => Iterable<string>): string[][] {
  const before = reversed(ids, next)
  const seen = new Set<string>()
  return ids.flatMap((id) => {
    if (seen.has(id)) return []
    const after = reachableFrom(next(id), next)
    if (!after.has(id)) return []
    const leading = reachableFrom(before(id), before)
    const circle = ids.filter((each) => after.has(each) && leading.has(each))
    for (const member of circle) seen.add(member)
    return [circle]
  })
}
