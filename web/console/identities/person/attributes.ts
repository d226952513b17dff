import { defined } from '../../../api/defined.ts'
import { isJsonObject, type Json, type JsonObject } from '../../../api/json.ts'
import type { AttributeChange } from '../../../api/people.ts'
import type { Attribute, PersonSchema } from '../../../api/person-schema.ts'
import type { Setting } from '../../../api/setting.ts'
import type { Change, Path } from '../../saving/changes.ts'

/** Shown even without a value. */
const alwaysShown = ['userName', 'givenName', 'sn', 'displayName', 'mail', 'telephoneNumber', 'description']

/** Shown elsewhere on the page, or not editable. */
const notInForm = new Set([
  'accountStatus',
  'password',
  'kbaAttempts',
  'oathDeviceProfiles',
  'pushDeviceProfiles',
  'webauthnDeviceProfiles',
  'boundDevices',
  'deviceProfiles',
])

/** The attributes that the profile form edits. */
export function editable(document: JsonObject, schema: PersonSchema): JsonObject {
  return Object.fromEntries(Object.entries(document).filter(([name]) => isEditable(name, schema)))
}

function isEditable(name: string, { properties }: PersonSchema): boolean {
  if (name.startsWith('_') || notInForm.has(name)) return false
  const known = Object.hasOwn(properties, name) ? properties[name] : undefined
  return known?.viewable !== false
}

/** Attributes to show, in schema order, unknown ones last. @param added attributes without a value yet. */
export function shownAttributes(
  document: JsonObject,
  schema: PersonSchema,
  added: readonly string[],
): string[] {
  const own = new Set([...Object.keys(document), ...added])
  const known = schema.order.filter(
    (name) => (own.has(name) || alwaysShown.includes(name)) && isEditable(name, schema),
  )
  const others = [...own].filter((name) => !Object.hasOwn(schema.properties, name)).toSorted()
  return [
    ...alwaysShown.filter((name) => known.includes(name)),
    ...known.filter((name) => !alwaysShown.includes(name)),
    ...others,
  ]
}

/** Attributes of the schema that can be added. */
export function missingAttributes(
  schema: PersonSchema,
  shown: readonly string[],
): { name: string; title: string }[] {
  return schema.order
    .filter((name) => isEditable(name, schema) && !shown.includes(name))
    .map((name) => ({ name, title: schema.properties[name]?.title || name }))
}

/** Form setting of an attribute. @param value decides the type of attributes that the schema doesn't know. */
export function settingOf(
  name: string,
  { properties, required }: PersonSchema,
  value: Json | undefined,
): Setting {
  const attribute = Object.hasOwn(properties, name) ? properties[name] : undefined
  if (attribute === undefined) return { title: name, description: '', propertyOrder: 0, ...typeFrom(value) }
  const isRequired = required.includes(name)
  return { ...setting(attribute, 0), ...(isRequired ? { minLength: 1 } : {}) }
}

function setting({ title, description, type, items, properties, order }: Attribute, place: number): Setting {
  const inner = Object.entries(properties ?? {}).map(([name, each]) => [
    name,
    setting(each, order.indexOf(name)),
  ])
  return {
    title,
    // The vendor's schema repeats most titles as descriptions.
    description: description === title ? '' : description,
    propertyOrder: place,
    type,
    ...(items === undefined
      ? {}
      : { items: { title: '', description: '', propertyOrder: 0, type: items.type } }),
    ...defined({ properties: properties && Object.fromEntries(inner) }),
  }
}

function typeFrom(value: Json | undefined): Partial<Setting> {
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) {
    return { type: 'array', items: { title: '', description: '', propertyOrder: 0, type: 'string' } }
  }
  if (Array.isArray(value) || isJsonObject(value)) return {}
  return { type: value === undefined ? 'string' : typeof value }
}

/** Patch operations for the changes. */
export function operationsFor(changes: readonly Change[]): AttributeChange[] {
  return changes.map(({ path, after }) => ({
    field: jsonPointer(path),
    ...(after === undefined || after === null ? {} : { value: after }),
  }))
}

/** Source: RFC 6901, JSON Pointer. */
function jsonPointer(path: Path): string {
  return path.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** Display title of an attribute. */
export function attributeTitle({ properties }: PersonSchema, path: Path): string {
  const [name = '', inner] = path
  const attribute = Object.hasOwn(properties, name) ? properties[name] : undefined
  const part = inner === undefined ? undefined : attribute?.properties?.[inner]
  return part?.title || attribute?.title || name
}
