import type { RecordedWalk } from './recorded-walk.ts'
import { yamlOf } from './walk-yaml.ts'

type Recorded = Pick<RecordedWalk, 'walk' | 'people'>

/** Walks of one journey in the form of walk files. @param esv variables that they need. */
export function recordedFile(
  journey: string,
  recorded: readonly Recorded[],
  esv: Readonly<Record<string, string>> = {},
): Record<string, unknown> {
  const people = mergedPeople(recorded)
  const titles = new Map<string, number>()
  const walks = recorded.map(({ walk }) => {
    const same = (titles.get(walk.it) ?? 0) + 1
    titles.set(walk.it, same)
    return same === 1 ? walk : { ...walk, it: `${walk.it} (${same})` }
  })
  const isParty = recorded.every(({ walk }) => walk.parties !== undefined)
  return {
    ...(isParty ? {} : { journey }),
    ...(Object.keys(people).length === 0 ? {} : { people }),
    ...(Object.keys(esv).length === 0 ? {} : { esv }),
    walks,
  }
}

/** A walk file as text. */
export function recordedText(...file: Parameters<typeof recordedFile>): string {
  return yamlOf(recordedFile(...file))
}

function mergedPeople(recorded: readonly Recorded[]) {
  const people: Record<string, object> = {}
  for (const each of recorded) {
    for (const [name, person] of Object.entries(each.people)) people[name] = { ...people[name], ...person }
  }
  return people
}
