import { isDeepStrictEqual } from 'node:util'
import { isJsonObject, type Json, type JsonObject, parsedJson } from '../../base/json.ts'
import { isSecretSetting } from '../../base/looks-secret.ts'
import { isOmitted } from '../../secrets/sealed-value.ts'
import type { Change } from './difference.ts'
import { countsOf, isSameText, type LineChanges, lineChanges } from './lines.ts'
import { holdsSecret } from './secrets.ts'
import { isPlainList, type Names, shown, shownChange } from './shown.ts'

/** A changed member of an object. */
export type MemberChange = {
  words: string
  lines?: LineChanges
  /** Whether only one side has the secret. */
  isUnknown?: true
}

export function asChange({ words, lines }: MemberChange): Change {
  return { kind: 'setting', words, ...(lines && { lines }) }
}

/** How members of an object are named and which of them are secret. */
export type Describe = {
  titleOf(member: string): string
  /** The title of a member of an object, by the names on the path to it. Default: its name. */
  innerTitleOf?(path: readonly string[]): string
  isSecret(member: string): boolean
  names: Names
}

/** Deeper objects are compared as a whole. */
const maxDepth = 5
/** Longer lists of differences are summed up. */
const maxListed = 6

/** The changed members of an object, ordered by name. Null means the same as an absent member. */
export function memberChanges(before: JsonObject, after: JsonObject, describe: Describe): MemberChange[] {
  return changedMembers(before, after).flatMap((member) => {
    const [old, now] = [own(before, member), own(after, member)]
    const title = describe.titleOf(member)
    if (describe.isSecret(member) || isSecretMember(member, old, now)) return secretChange(old, now, title)
    return valueChanges(old, now, title, describe, [member])
  })
}

/** Whether two values mean the same: the order of members, line ends, and JSON inside a text don't matter. */
function isSameValue(before: Json | undefined, after: Json | undefined): boolean {
  if (before === after || isDeepStrictEqual(before ?? null, after ?? null)) return true
  if (typeof before === 'string' && typeof after === 'string') {
    if (isSameText(before, after)) return true
    return isDeepStrictEqual(unpacked(before), unpacked(after))
  }
  return false
}

/** Imported objects can have any member, such as `toString`, that every object inherits. */
function own(object: JsonObject, member: string): Json | undefined {
  return Object.hasOwn(object, member) ? object[member] : undefined
}

function changedMembers(before: JsonObject, after: JsonObject): string[] {
  const members = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...members].filter((member) => !isSameValue(own(before, member), own(after, member))).toSorted()
}

/** A switch is no secret, such as "Use Secure Cookie". */
function isSecretMember(name: string, before: Json | undefined, after: Json | undefined): boolean {
  return isSecretSetting(name) && !(typeof before === 'boolean' || typeof after === 'boolean')
}

/** Exports leave secrets out, and a mask or a sealed value says nothing about the secret. */
function secretChange(before: Json | undefined, after: Json | undefined, title: string): MemberChange[] {
  if (isOmitted(before)) return [{ words: `${title}: set`, isUnknown: true }]
  if (isOmitted(after)) return [{ words: `${title}: left out`, isUnknown: true }]
  return [{ words: `${title}: changed` }]
}

function valueChanges(
  before: Json | undefined,
  after: Json | undefined,
  title: string,
  describe: Describe,
  path: readonly string[],
): MemberChange[] {
  const { names } = describe
  const [old, now] = [unpacked(before), unpacked(after)]
  if (isJsonObject(old) && isJsonObject(now) && path.length < maxDepth) {
    return changedMembers(old, now).flatMap((member) => {
      const at = [...path, member]
      const inner = `${title}, ${describe.innerTitleOf?.(at) ?? member}`
      const [was, is] = [own(old, member), own(now, member)]
      return isSecretMember(member, was, is)
        ? secretChange(was, is, inner)
        : valueChanges(was, is, inner, describe, at)
    })
  }
  if (holdsSecret(old) || holdsSecret(now)) return [{ words: `${title}: changed` }]
  if (isPlainList(old) && isPlainList(now)) return [{ words: `${title}: ${listChange(old, now, names)}` }]
  if (isLongText(old) || isLongText(now)) {
    const lines = lineChanges(textOf(old), textOf(now))
    return [{ words: `${title}: ${countsOf(lines)}`, lines }]
  }
  if (isStructure(old) && isStructure(now)) return [{ words: `${title}: changed` }]
  return [{ words: `${title}: ${shownChange(old, now, names)}` }]
}

function listChange(
  before: readonly (string | number | boolean)[],
  after: readonly (string | number | boolean)[],
  names: Names,
): string {
  const [old, now] = [new Set(before), new Set(after)]
  const added = after.filter((one) => !old.has(one))
  const removed = before.filter((one) => !now.has(one))
  if (added.length + removed.length === 0) return 'in another order'
  if (added.length + removed.length > maxListed) return `${added.length} added, ${removed.length} removed`
  const listed = (word: string, values: typeof added) =>
    values.length === 0 ? [] : [`${word} ${values.map((one) => shown(one, names)).join(', ')}`]
  return [...listed('added', added), ...listed('removed', removed)].join('; ')
}

function isLongText(value: Json | undefined): boolean {
  return typeof value === 'string' && value.trim().includes('\n')
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}

function isStructure(value: Json | undefined): boolean {
  return Array.isArray(value) || isJsonObject(value)
}

/** JSON inside a text, such as the stage of a page, is compared by its members. */
function unpacked(value: Json | undefined): Json | undefined {
  const inside = typeof value === 'string' ? parsedJson(value) : undefined
  return isJsonObject(inside) || Array.isArray(inside) ? inside : value
}
