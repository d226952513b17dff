/** Every id that can be reached from the given ones, including those. */
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

/** The predecessors of each id. */
export function predecessorsIn(ids: readonly string[], next: (id: string) => Iterable<string>) {
  const before = new Map<string, string[]>()
  for (const id of ids) {
    for (const target of next(id)) before.set(target, [...(before.get(target) ?? []), id])
  }
  return (id: string): readonly string[] => before.get(id) ?? []
}

/**
 * The cycles of a graph, each as the ids of a strongly connected component, in the graph's order. Takes linear time and doesn't
 * recurse, because chains may be long. Source: R. Tarjan, "Depth-first search and linear graph algorithms".
 */
export function cyclesIn(ids: readonly string[], next: (id: string) => Iterable<string>): string[][] {
  const known = new Set(ids)
  const places = new Map<string, number>()
  const lowest = new Map<string, number>()
  const waiting: string[] = []
  const isWaiting = new Set<string>()
  const cycles: string[][] = []
  const path: { id: string; open: string[] }[] = []
  const enter = (id: string): void => {
    lowest.set(id, places.size)
    places.set(id, places.size)
    waiting.push(id)
    isWaiting.add(id)
    path.push({ id, open: [...next(id)].filter((target) => known.has(target)) })
  }
  const lower = (id: string, place: number): void => {
    lowest.set(id, Math.min(lowest.get(id) ?? place, place))
  }
  const leave = (id: string): void => {
    path.pop()
    const above = path.at(-1)
    if (above !== undefined) lower(above.id, lowest.get(id) ?? 0)
    if (lowest.get(id) !== places.get(id)) return
    const cycle = waiting.splice(waiting.lastIndexOf(id))
    for (const member of cycle) isWaiting.delete(member)
    if (cycle.length > 1 || [...next(id)].includes(id)) cycles.push(cycle)
  }
  for (const start of ids) {
    if (!places.has(start)) enter(start)
    for (let here = path.at(-1); here !== undefined; here = path.at(-1)) {
      const target = here.open.shift()
      if (target === undefined) leave(here.id)
      else if (!places.has(target)) enter(target)
      else if (isWaiting.has(target)) lower(here.id, places.get(target) ?? 0)
    }
  }
  return inOrder(cycles, ids)
}

function inOrder(cycles: readonly string[][], ids: readonly string[]): string[][] {
  const place = new Map(ids.map((id, index) => [id, index]))
  const placeOf = (id: string | undefined) => place.get(id ?? '') ?? 0
  return cycles
    .map((cycle) => cycle.toSorted((left, right) => placeOf(left) - placeOf(right)))
    .toSorted(([left], [right]) => placeOf(left) - placeOf(right))
}
