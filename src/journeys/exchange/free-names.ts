import { type Finding, finding } from './finding.ts'

type Named = { id: string; name: string }

/**
 * Adds a suffix to names that are taken in the realm or earlier in the bundle, as the vendor's tools do. A thing that was
 * imported with a suffix before keeps it.
 *
 * @returns names by id, and a finding for each renamed thing.
 */
export function freeNames(
  what: string,
  incoming: readonly Named[],
  present: readonly Named[],
): { names: Map<string, string>; findings: Finding[] } {
  const owners = new Map(present.map(({ id, name }) => [name, id]))
  const names = new Map<string, string>()
  const findings: Finding[] = []
  for (const { id, name } of incoming) {
    const free = firstFree(name, (candidate) => {
      const owner = owners.get(candidate)
      return owner === undefined || owner === id
    })
    owners.set(free, id)
    names.set(id, free)
    if (free !== name) {
      findings.push(finding('note', `${what} '${name}' is renamed to '${free}', because its name is taken`))
    }
  }
  return { names, findings }
}

function firstFree(name: string, isFree: (candidate: string) => boolean): string {
  if (isFree(name)) return name
  for (let count = 1; ; count++) {
    const candidate = `${name} - imported (${count})`
    if (isFree(candidate)) return candidate
  }
}
