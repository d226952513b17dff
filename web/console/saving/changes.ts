import { isJsonObject, isSameJson, type Json, type JsonObject } from '../../api/json.ts'

/** Path of a member in a document: `['lockout', 'maxFailures']`. */
export type Path = readonly string[]

/** One changed member. Undefined: missing before or after. */
export type Change = { path: Path; before: Json | undefined; after: Json | undefined }

export type Side = 'mine' | 'theirs'

/** A member that two people changed to different values. */
export type Conflict = { path: Path; mine: Json | undefined; theirs: Json | undefined }

/** A document: as it was read, as edited here, and as another person saved it. */
export type Versions = { base: JsonObject; mine: JsonObject; theirs: JsonObject }

/** A path as a key, in the server's notation for fields: `lockout.maxFailures`. */
export function pathKey(path: Path): string {
  return path.join('.')
}

/** Differences between two documents. Objects are compared member by member, lists as a whole. */
export function changesBetween(before: JsonObject, after: JsonObject, path: Path = []): Change[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].flatMap((name): Change[] => {
    const [was, is] = [ownValue(before, name), ownValue(after, name)]
    const at = [...path, name]
    if (isSameJson(was, is)) return []
    return isJsonObject(was) && isJsonObject(is)
      ? changesBetween(was, is, at)
      : [{ path: at, before: was, after: is }]
  })
}

function valueAt(document: JsonObject, path: Path): Json | undefined {
  return path.reduce<Json | undefined>(
    (value, name) => (isJsonObject(value) ? ownValue(value, name) : undefined),
    document,
  )
}

/** A copy of the document with another value at the path. Undefined removes the member. */
export function withValue(document: JsonObject, path: Path, value: Json | undefined): JsonObject {
  const [name, ...rest] = path
  if (name === undefined) return document
  const { [name]: current, ...others } = document
  if (rest.length > 0) {
    return { ...document, [name]: withValue(isJsonObject(current) ? current : {}, rest, value) }
  }
  // The spread keeps the order of members.
  return value === undefined ? others : { ...document, [name]: value }
}

/** Applies changes to another document. */
export function applyChanges(changes: readonly Change[], on: JsonObject): JsonObject {
  return changes.reduce((document, { path, after }) => withValue(document, path, after), on)
}

/** Members that both sides changed to different values. */
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

/** Merges both edits, taking the chosen side of each conflict. @param choices by {@link pathKey}. */
export function mergeEdits(edited: Versions, choices: ReadonlyMap<string, Side>): JsonObject {
  const conflicts = conflictsOf(edited)
  const free = changesBetween(edited.base, edited.mine).filter(
    ({ path }) => !conflicts.some((conflict) => startsWith(path, conflict.path)),
  )
  const chosen = conflicts
    .filter(({ path }) => choices.get(pathKey(path)) === 'mine')
    .map(({ path, mine, theirs }): Change => ({ path, before: theirs, after: mine }))
  return applyChanges([...free, ...chosen], edited.theirs)
}

function startsWith(path: Path, beginning: Path): boolean {
  return beginning.every((name, at) => path[at] === name)
}

function ownValue(document: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(document, name) ? document[name] : undefined
}
