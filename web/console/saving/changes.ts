import { isJsonObject, isSameJson, type Json, type JsonObject } from '../../api/json.ts'

/** Where in a document something stands: `['lockout', 'maxFailures']`. */
export type Path = readonly string[]

/** One thing that is different; undefined where it is not there. */
export type Change = { path: Path; was: Json | undefined; is: Json | undefined }

export type Side = 'mine' | 'theirs'

/** What two people changed to different values. */
export type Conflict = { path: Path; mine: Json | undefined; theirs: Json | undefined }

/** A document before and after somebody changed it. */
export type Versions = { base: JsonObject; mine: JsonObject; theirs: JsonObject }

/** How a path is called in maps, and in what the server says of a field. */
export function pathKey(path: Path): string {
  return path.join('.')
}

/** What is different, down to values that are no objects: lists change as a whole. */
export function changesBetween(before: JsonObject, after: JsonObject, path: Path = []): Change[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].flatMap((name): Change[] => {
    const [was, is] = [ownValue(before, name), ownValue(after, name)]
    const at = [...path, name]
    if (isSameJson(was, is)) return []
    return isJsonObject(was) && isJsonObject(is) ? changesBetween(was, is, at) : [{ path: at, was, is }]
  })
}

function valueAt(document: JsonObject, path: Path): Json | undefined {
  return path.reduce<Json | undefined>(
    (held, name) => (isJsonObject(held) ? ownValue(held, name) : undefined),
    document,
  )
}

/** The document with another value at a place; undefined takes what is there away. */
export function withValue(document: JsonObject, path: Path, value: Json | undefined): JsonObject {
  const [name, ...rest] = path
  if (name === undefined) return document
  const { [name]: current, ...others } = document
  if (rest.length > 0) {
    return { ...document, [name]: withValue(isJsonObject(current) ? current : {}, rest, value) }
  }
  // A member that stays keeps its place.
  return value === undefined ? others : { ...document, [name]: value }
}

/** Makes changes once more, on another document. */
export function applyChanges(changes: readonly Change[], on: JsonObject): JsonObject {
  return changes.reduce((document, { path, is }) => withValue(document, path, is), on)
}

/** Places that both changed, to different values. */
export function conflictsOf({ base, mine, theirs }: Versions): Conflict[] {
  const others = changesBetween(base, theirs)
  const places = changesBetween(base, mine).flatMap(({ path }) => {
    const other = others.find((change) => startsWith(change.path, path) || startsWith(path, change.path))
    return other === undefined ? [] : [other.path.length < path.length ? other.path : path]
  })
  return [...new Map(places.map((path) => [pathKey(path), path])).values()]
    .map((path) => ({ path, mine: valueAt(mine, path), theirs: valueAt(theirs, path) }))
    .filter((conflict) => !isSameJson(conflict.mine, conflict.theirs))
}

/** What both did, and at places that both changed what was chosen. @param choices by {@link pathKey}. */
export function mergeEdits(edited: Versions, choices: ReadonlyMap<string, Side>): JsonObject {
  const conflicts = conflictsOf(edited)
  const free = changesBetween(edited.base, edited.mine).filter(
    ({ path }) => !conflicts.some((conflict) => startsWith(path, conflict.path)),
  )
  const chosen = conflicts
    .filter(({ path }) => choices.get(pathKey(path)) === 'mine')
    .map(({ path, mine, theirs }): Change => ({ path, was: theirs, is: mine }))
  return applyChanges([...free, ...chosen], edited.theirs)
}

function startsWith(path: Path, beginning: Path): boolean {
  return beginning.every((name, at) => path[at] === name)
}

function ownValue(document: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(document, name) ? document[name] : undefined
}
