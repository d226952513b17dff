import { isDeepStrictEqual } from 'node:util'
import { isJsonObject, type Json, type JsonObject } from './json.ts'
import { nothingChosen } from './nothing-chosen.ts'

/**
 * A member of a document in the vendor's form. `done` has its effect; of members with `choices` and `why`, other values are
 * refused. `note` informs administrators and promises nothing. `kept` has no effect, which a finding says once it is set.
 * `refused` can't be set.
 */
export type Member = {
  state: 'done' | 'note' | 'kept' | 'refused'
  /** The value of a new document, as in the vendor's tools. */
  start: Json
  choices?: readonly string[]
  why?: string
}

/** The members of a document, and those of its sections. */
export interface Members {
  readonly [name: string]: Member | Members
}

/** What a member does not do, or why it can't be set. The path has dots. */
export type MemberFinding = { path: string; message: string }

export const done = (start: Json, choices?: readonly string[], why?: string): Member => ({
  state: 'done',
  start,
  ...(choices && { choices }),
  ...(why && { why }),
})
export const note = (start: Json): Member => ({ state: 'note', start })
export const kept = (start: Json, why: string): Member => ({ state: 'kept', start, why })
export const refused = (start: Json, why: string): Member => ({ state: 'refused', start, why })

const unknown = kept(false, 'it is not known here')

/** All members with their paths, in the order of the table. */
export function listedMembers(members: Members, above = ''): [path: string, member: Member][] {
  return Object.entries(members).flatMap(([name, row]): [string, Member][] =>
    isMember(row) ? [[above + name, row]] : listedMembers(row, `${above}${name}.`),
  )
}

/** A new document as the vendor's tools start with it. */
export function templateOf(members: Members): JsonObject {
  return Object.fromEntries(
    Object.entries(members).map(([name, row]) => [name, isMember(row) ? row.start : templateOf(row)]),
  )
}

/** Members that a document sets and can't. */
export function refusedIn(members: Members, document: JsonObject): MemberFinding[] {
  return setMembers(members, document).flatMap(([path, member, value]) => {
    const message = faultOf(member, value)
    return message === undefined ? [] : [{ path, message }]
  })
}

/** Members that a document sets, and which have no effect. */
export function keptIn(members: Members, document: JsonObject): MemberFinding[] {
  return setMembers(members, document).flatMap(([path, member]) =>
    member.state === 'kept' ? [{ path, message: `kept without effect: ${member.why}` }] : [],
  )
}

/** The value of a member, which the vendor may wrap in `{ inherited, value }`. */
export function settingOf(value: Json | undefined): Json {
  return (isJsonObject(value) && 'inherited' in value ? value.value : value) ?? null
}

/** Members whose values are neither empty nor those of a new document. Names with an underscore belong to the protocol. */
function setMembers(
  members: Members,
  document: JsonObject,
  above = '',
): [path: string, member: Member, value: Json][] {
  return Object.entries(document).flatMap(([name, given]): [string, Member, Json][] => {
    const row = Object.hasOwn(members, name) ? members[name] : undefined
    const value = settingOf(given)
    if (name.startsWith('_') || isEmpty(value)) return []
    if (row !== undefined && !isMember(row)) {
      return isJsonObject(value) ? setMembers(row, value, `${above}${name}.`) : []
    }
    const member = row ?? unknown
    const isUnset = isDeepStrictEqual(value, row === undefined && isJsonObject(value) ? {} : member.start)
    return isUnset ? [] : [[above + name, member, value]]
  })
}

function isMember(row: Member | Members): row is Member {
  return typeof row.state === 'string'
}

function isEmpty(value: Json): boolean {
  return value === null || value === '' || value === nothingChosen || isDeepStrictEqual(value, [])
}

function faultOf({ state, start, choices, why }: Member, value: Json): string | undefined {
  if (state === 'refused') return `${why}; set it to ${JSON.stringify(start)}`
  if (state !== 'done' || choices === undefined || why === undefined) return undefined
  if (choices.some((choice) => choice === value)) return undefined
  const named = JSON.stringify(value).replaceAll('"', "'")
  return `${named} is not served${why === 'is not served' ? '' : `: ${why}`}; use one of ${choices.join(', ')}`
}
