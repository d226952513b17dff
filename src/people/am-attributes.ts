import { schemaProperty, standardAttributes } from '../attributes/user-schema.ts'
import { isJsonObject, type Json, type JsonObject, jsonOrText, parsedJson } from '../base/json.ts'
import type { Person } from './managed-object.ts'

/** AM's names of managed-object attributes, where they differ. */
const amNames: Readonly<Record<string, string>> = {
  _id: 'fr-idm-uuid',
  userName: 'uid',
  accountStatus: 'inetUserStatus',
  postalAddress: 'street',
  city: 'l',
  stateProvince: 'st',
  country: 'co',
  profileImage: 'labeledURI',
  aliasList: 'iplanet-am-user-alias-list',
  preferences: 'fr-idm-preferences',
  kbaInfo: 'fr-idm-kbaInfo',
  consentedMappings: 'fr-idm-consentedMapping',
  termsAccepted: 'fr-idm-termsAccepted',
}

const genericKinds: Readonly<Record<string, string>> = {
  String: 'str',
  Multivalued: 'multi',
  Date: 'date',
  Integer: 'int',
}

/** The attribute with all values outside the schema, as one JSON text. */
export const customAttributes = 'fr-idm-custom-attrs'

/** A person's attributes by their AM names. Values are lists of strings; empty lists are left out. */
export function amAttributesOf({ _rev, ...person }: Person): Record<string, string[]> {
  const entries: [string, string[]][] = []
  const custom: JsonObject = {}
  for (const [name, value] of Object.entries(person)) {
    if (schemaProperty(name) === undefined) custom[name] = value
    else if (name === 'accountStatus')
      entries.push(['inetUserStatus', [value === 'active' ? 'Active' : 'Inactive']])
    else entries.push([amNameOf(name), textsOf(value)])
  }
  if (Object.keys(custom).length > 0) entries.push([customAttributes, [JSON.stringify(custom)]])
  return Object.fromEntries(entries.filter(([, values]) => values.length > 0))
}

/** Converts changes under AM's names to values of a managed object. An empty list becomes null. */
export function managedValues(changes: Readonly<Record<string, readonly string[]>>): JsonObject {
  return Object.assign({}, ...Object.entries(changes).map(([amName, texts]) => managedValue(amName, texts)))
}

function managedValue(amName: string, texts: readonly string[]): JsonObject {
  const [first] = texts
  if (amName.toLowerCase() === customAttributes) return parsedObject(first)
  const name = managedNameOf(amName)
  if (first === undefined) return { [name]: null }
  if (name === 'accountStatus') return { accountStatus: first.toLowerCase() }
  const schema = schemaProperty(name)
  switch (schema?.type) {
    case 'array':
      return { [name]: schema.items?.type === 'string' ? [...texts] : texts.map(jsonOrText) }
    case 'integer':
    case 'number':
    case 'boolean':
    case 'object':
      return { [name]: jsonOrText(first) }
    case 'string':
      return { [name]: first }
    case undefined:
      return { [name]: texts.length === 1 ? first : [...texts] }
  }
}

function amNameOf(name: string): string {
  return amNames[name] ?? genericAmName(name) ?? name
}

function managedNameOf(amName: string): string {
  const folded = amName.toLowerCase()
  const named = Object.entries(amNames).find(([, known]) => known.toLowerCase() === folded)
  const same = standardAttributes.find((known) => known.toLowerCase() === folded)
  return named?.[0] ?? genericName(folded) ?? same ?? amName
}

/** `frIndexedString1` is `fr-attr-istr1`, `frUnindexedString1` is `fr-attr-str1`. */
function genericAmName(name: string): string | undefined {
  const [, index, kind = '', place] = /^fr(Indexed|Unindexed)([A-Z][a-z]+)(\d)$/.exec(name) ?? []
  const short = genericKinds[kind]
  return short && `fr-attr-${index === 'Indexed' ? 'i' : ''}${short}${place}`
}

function genericName(amName: string): string | undefined {
  const [, index, short, place] = /^fr-attr-(i?)(str|multi|date|int)(\d)$/.exec(amName) ?? []
  const kind = Object.keys(genericKinds).find((each) => genericKinds[each] === short)
  return kind && `fr${index === 'i' ? 'Indexed' : 'Unindexed'}${kind}${place}`
}

function textsOf(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf)
  if (value === null || value === '') return []
  return [isJsonObject(value) ? JSON.stringify(value) : String(value)]
}

function parsedObject(text: string | undefined): JsonObject {
  const value = parsedJson(text ?? '{}')
  return isJsonObject(value) ? value : {}
}
