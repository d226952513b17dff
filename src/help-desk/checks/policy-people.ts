import { normalized } from '../../attributes/fold.ts'
import { isJsonObject, type Json } from '../../base/json.ts'
import type { Identity } from '../../people/identity.ts'
import type { Policy } from '../../realms/help-desk-policies.ts'

/** What policies read of a person. */
export type PolicyPerson = Pick<Identity, 'userName' | 'isActive' | 'roles' | 'attributes'>

/** Attributes with the groups of a person: of directories, and of the vendor's managed objects. */
const groupAttributes = ['memberOf', 'isMemberOf', 'groups', 'effectiveGroups', 'effectiveRoles'] as const

/** Whether all given members of a policy's `people` match. An attribute that can't be read counts as a match. */
export function matchesPerson({ roles, groups, attribute }: Policy['people'], person: PolicyPerson): boolean {
  return (
    (roles.length === 0 || sharesOne(roles.map(normalized), person.roles.map(normalized))) &&
    (groups.length === 0 || isInGroup(groups, person)) &&
    (attribute.name === '' || hasAttribute(attribute, person))
  )
}

function isInGroup(groups: readonly string[], { attributes }: PolicyPerson): boolean {
  const own = groupAttributes.flatMap((name) => valuesOf(ownValue(attributes, name)).map(groupNames))
  const wanted = groups.map(normalizedGroup)
  // rule H23: otherwise an attribute that can’t be read avoids a policy
  return own.some((names) => names === 'unreadable' || sharesOne(wanted, names))
}

function hasAttribute({ name, values }: Policy['people']['attribute'], person: PolicyPerson): boolean {
  const own = valuesOf(attributeOf(person, name))
  if (values.length === 0) return own.length > 0
  const wanted = values.map(normalized)
  return own.some((value) => typeof value === 'object' || wanted.includes(normalized(String(value))))
}

function attributeOf({ userName, isActive, attributes }: PolicyPerson, name: string): Json {
  if (name === 'userName') return userName
  if (name === 'accountStatus') return isActive ? 'active' : 'inactive'
  return ownValue(attributes, name)
}

/** Directories and people write attribute names in any case. */
function ownValue(attributes: PolicyPerson['attributes'], name: string): Json {
  const wanted = name.toLowerCase()
  const found = Object.entries(attributes).filter(([each]) => each.toLowerCase() === wanted)
  return found.flatMap(([, value]) => valuesOf(value))
}

function valuesOf(value: Json): Json[] {
  return (Array.isArray(value) ? value : [value]).filter((each) => each !== null && each !== '')
}

/**
 * The names of one group: its text, the first part of its distinguished name, or the id in a relationship of the vendor's
 * managed objects.
 */
function groupNames(group: Json): readonly string[] | 'unreadable' {
  if (!isJsonObject(group)) return Array.isArray(group) ? 'unreadable' : namesIn(String(group))
  const texts = [group._ref, group._refResourceId, group.name].filter((text) => typeof text === 'string')
  return texts.length === 0 ? 'unreadable' : texts.flatMap(namesIn)
}

function namesIn(text: string): string[] {
  const [, first] = /^[^=,/]+=((?:\\.|[^,+\\])+)/.exec(text) ?? []
  const last = /^(?:managed|internal)\/(?:.*\/)?([^/]+)$/.exec(text)?.[1]
  return [text, first && unescaped(first), last].filter((each) => each !== undefined).map(normalizedGroup)
}

/** Spaces around the parts of a distinguished name don't matter. Source: RFC 4514. */
function normalizedGroup(text: string): string {
  return normalized(text).replace(/ ?([,=+]) ?/g, '$1')
}

function unescaped(part: string): string {
  return part
    .replace(/(?:\\[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('\\', ''), 'hex').toString())
    .replace(/\\(.)/g, '$1')
}

function sharesOne(wanted: readonly string[], own: readonly string[]): boolean {
  return wanted.some((each) => own.includes(each))
}
