import type { JsonObject } from '../base/json.ts'
import type { DeviceKind } from '../nodes/ports/ports.ts'
import type { Policy } from './policies.ts'

/** An attribute that a realm adds to its people. Source: "Managed object schema" in the PingIDM documentation. */
export type CustomAttribute = {
  name: string
  title: string
  description: string
  type: 'string' | 'number' | 'integer' | 'boolean' | 'array'
  isRequired: boolean
  viewable: boolean
  userEditable: boolean
  searchable: boolean
  isPersonal: boolean
  format: keyof typeof formats
  /** Characters of a text, or entries of a list. Null is no limit. */
  minLength: number | null
  maxLength: number | null
  /** Of numbers. Null is no limit. */
  minimum: number | null
  maximum: number | null
}

/** The policy of each form of a text. */
const formats = {
  any: undefined,
  email: 'valid-email-address-format',
  telephone: 'valid-phone-format',
  name: 'valid-name-format',
  date: 'valid-date',
} as const

export const attributeFormats = Object.keys(formats) as (keyof typeof formats)[]

/** The policy of a form of texts. */
export function formatOf(format: CustomAttribute['format']): string | undefined {
  return formats[format]
}

/** Attributes with a person's devices, by AM's names. */
export const deviceAttributes: Readonly<Record<DeviceKind, string>> = {
  oath: 'oathDeviceProfiles',
  push: 'pushDeviceProfiles',
  webauthn: 'webauthnDeviceProfiles',
  binding: 'boundDevices',
  profile: 'deviceProfiles',
}

/** Attributes that people have without a schema. Anybody who may set one could change what a person is allowed to do. */
const internalNames: ReadonlySet<string> = new Set([
  ...Object.values(deviceAttributes),
  'userCode',
  'manager',
  'roles',
  'authzRoles',
  'effectiveRoles',
  'effectiveGroups',
  'groups',
  'memberOf',
  'employeeType',
  'isMemberOf',
  'thingType',
  'thingKeys',
])

/** Whether the server uses an attribute of this name itself. Upper and lower case don't matter, as in filters. */
export function isInternalName(name: string): boolean {
  return [...internalNames].some((internal) => internal.toLowerCase() === name.toLowerCase())
}

/** The policies for values of an attribute, besides those for its type and for required values. */
export function customPolicies(attribute: CustomAttribute): Policy[] {
  const { type, minLength, maxLength, minimum, maximum } = attribute
  const format = type === 'string' ? formats[attribute.format] : undefined
  const hasLength = type === 'string' || type === 'array'
  const isNumber = type === 'number' || type === 'integer'
  return [
    ...(format === undefined ? [] : [{ policyId: format }]),
    ...limit(hasLength, 'minimum-length', 'minLength', minLength),
    ...limit(hasLength, 'maximum-length', 'maxLength', maxLength),
    ...limit(isNumber, 'minimum-number', 'minimum', minimum),
    ...limit(isNumber, 'maximum-number', 'maximum', maximum),
  ]
}

function limit(applies: boolean, policyId: string, name: string, value: number | null): Policy[] {
  const params: JsonObject = { [name]: value }
  return applies && value !== null ? [{ policyId, params }] : []
}
