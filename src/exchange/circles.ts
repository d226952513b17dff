import type { ConfigurationChange } from '../journeys/configuration-store.ts'
import type { Bundle } from './bundle.ts'
import { type Finding, finding } from './finding.ts'
import { membersOf } from './references.ts'

/** Inner journeys that come back to one that waits for them, each circle once. */
export function circles(bundle: Bundle, all: ConfigurationChange): Finding[] {
  const nodes = new Map(all.nodes.map((node) => [node.id, node]))
  const inner = new Map(
    all.journeys.map((journey) => [
      journey._id,
      membersOf(journey, nodes)
        .filter(({ type }) => type === 'InnerTreeEvaluatorNode')
        .map(({ settings }) => String(settings?.config.tree)),
    ]),
  )
  const starts = bundle.journeys.map(({ _id }) => _id)
  return circlesFrom(starts, (name) => inner.get(name) ?? []).map((circle) => {
    const way = wayOf(circle)
    return finding('note', `Inner journeys go in a circle, ${way}: a login that comes round fails`)
  })
}

const shownJourneys = 10

function wayOf(circle: readonly string[]): string {
  if (circle.length <= shownJourneys) return [...circle, circle[0]].join(' → ')
  return `${circle.slice(0, shownJourneys).join(' → ')} → … (${circle.length} journeys)`
}

/** Walks in depth without recursion: a chain of journeys may be longer than the stack. */
function circlesFrom(starts: readonly string[], nextOf: (name: string) => readonly string[]): string[][] {
  const found = new Map<string, string[]>()
  const done = new Set<string>()
  for (const start of starts) {
    /** The way here, with what is still to visit from each place; a name's place in it. */
    const path: { name: string; open: string[] }[] = []
    const places = new Map<string, number>()
    const enter = (name: string): void => {
      if (done.has(name)) return
      places.set(name, path.length)
      path.push({ name, open: [...nextOf(name)] })
    }
    enter(start)
    for (let here = path.at(-1); here !== undefined; here = path.at(-1)) {
      const next = here.open.shift()
      const place = next === undefined ? undefined : places.get(next)
      if (next === undefined) {
        path.pop()
        places.delete(here.name)
        done.add(here.name)
      } else if (place === undefined) enter(next)
      else {
        const circle = path.slice(place).map(({ name }) => name)
        found.set(circle.toSorted().join('\n'), circle)
      }
    }
  }
  return [...found.values()]
}
