import type { JsonObject } from '../base/json.ts'
import { type CustomAttribute, customPolicies } from './attribute.ts'
import { defaultPasswordPolicy, type PasswordPolicy, passwordPolicies } from './password-policy.ts'
import { type Policy, requirementOf } from './policies.ts'

type Type = 'string' | 'boolean' | 'integer' | 'number' | 'array' | 'object'

/** One attribute of people. Source: "Managed object schema" in the PingIDM documentation. */
type SchemaProperty = {
  title: string
  description: string
  type: Type
  viewable: boolean
  searchable: boolean
  userEditable: boolean
  isPersonal: boolean
  usageDescription: ''
  policies?: readonly Policy[]
  items?: { type: Type }
  properties?: Readonly<Record<string, SchemaProperty>>
  order?: readonly string[]
}

function property(title: string, others: Partial<SchemaProperty> = {}): SchemaProperty {
  return {
    title,
    description: title,
    type: 'string',
    viewable: true,
    searchable: false,
    userEditable: true,
    isPersonal: false,
    usageDescription: '',
    ...others,
  }
}

const personal = { isPersonal: true, policies: [{ policyId: 'maximum-length', params: { maxLength: 255 } }] }
const internal = { viewable: false, userEditable: false }
const name = {
  isPersonal: true,
  searchable: true,
  policies: [{ policyId: 'valid-name-format' }, { policyId: 'maximum-length', params: { maxLength: 255 } }],
}

/** `frIndexedString1` to `frUnindexedInteger5`: general-purpose attributes for realms. */
const generalProperties = madeGeneralProperties()

function madeGeneralProperties(): Readonly<Record<string, SchemaProperty>> {
  const kinds: readonly [suffix: string, title: string, others: Partial<SchemaProperty>][] = [
    ['String', 'String', {}],
    ['Multivalued', 'Multivalue', { type: 'array', items: { type: 'string' } }],
    ['Date', 'Date', { policies: [{ policyId: 'valid-date' }] }],
    ['Integer', 'Integer', { type: 'integer' }],
  ]
  const all = (['Indexed', 'Unindexed'] as const).flatMap((index) =>
    kinds.flatMap(([suffix, title, others]) =>
      [1, 2, 3, 4, 5].map((place): [string, SchemaProperty] => [
        `fr${index}${suffix}${place}`,
        property(`Generic ${index} ${title} ${place}`, others),
      ]),
    ),
  )
  return Object.fromEntries(all)
}

const preferences: Record<string, SchemaProperty> = {
  updates: property('Send me news and updates', { type: 'boolean' }),
  marketing: property('Send me special offers and services', { type: 'boolean' }),
}

const properties: Readonly<Record<string, SchemaProperty>> = {
  _id: property('User ID', { ...internal, searchable: true }),
  userName: property('Username', {
    isPersonal: true,
    searchable: true,
    policies: [
      { policyId: 'valid-username' },
      { policyId: 'cannot-contain-characters', params: { forbiddenChars: ['/'] } },
      { policyId: 'minimum-length', params: { minLength: 1 } },
      { policyId: 'maximum-length', params: { maxLength: 255 } },
      { policyId: 'unique' },
    ],
  }),
  password: property('Password', { viewable: false }),
  givenName: property('First Name', name),
  sn: property('Last Name', name),
  cn: property('Common Name', { ...internal, isPersonal: true }),
  displayName: property('Display Name', personal),
  mail: property('Email Address', {
    isPersonal: true,
    searchable: true,
    policies: [{ policyId: 'valid-email-address-format' }],
  }),
  description: property('Description', { searchable: true }),
  accountStatus: property('Status', { searchable: true, userEditable: false }),
  telephoneNumber: property('Telephone Number', {
    isPersonal: true,
    policies: [{ policyId: 'valid-phone-format' }],
  }),
  postalAddress: property('Address 1', personal),
  city: property('City', personal),
  postalCode: property('Postal Code', personal),
  country: property('Country', personal),
  stateProvince: property('State/Province', personal),
  profileImage: property('Profile Image', { isPersonal: true }),
  preferences: property('Preferences', {
    type: 'object',
    properties: preferences,
    order: Object.keys(preferences),
  }),
  aliasList: property('User Alias Names List', { ...internal, type: 'array', items: { type: 'string' } }),
  kbaInfo: property('KBA Info', { type: 'array', viewable: false, items: { type: 'object' } }),
  consentedMappings: property('Consented Mappings', { type: 'array', viewable: false }),
  termsAccepted: property('Terms Accepted', { ...internal, type: 'object' }),
  loginCount: property('Login Count', { ...internal, type: 'integer' }),
  ...generalProperties,
}

const required: readonly string[] = ['userName', 'givenName', 'sn', 'mail']

/** What a realm demands of its people's attributes. */
export type PeopleRules = { passwordPolicy: PasswordPolicy; customAttributes: readonly CustomAttribute[] }

/** Used without a realm. */
export const defaultRules: PeopleRules = { passwordPolicy: defaultPasswordPolicy, customAttributes: [] }

/** Attributes that every realm has, in the order of forms, without `_id`, which cannot be set. */
export const standardAttributes: readonly string[] = Object.keys(properties).filter((each) => each !== '_id')

/**
 * Whether a realm can't define an attribute of this name, because every realm has it. Upper and lower case don't matter,
 * as in filters. General-purpose attributes can be given another meaning.
 */
export function isFixedName(name: string): boolean {
  if (generalTypeOf(name) !== undefined) return false
  return Object.keys(properties).some((standard) => standard.toLowerCase() === name.toLowerCase())
}

/** The type of a general-purpose attribute such as `frIndexedString1`, which realms can't change. */
export function generalTypeOf(name: string): CustomAttribute['type'] | undefined {
  const type = own(generalProperties, name)?.type
  return type === 'object' ? undefined : type
}

/** All attributes of a realm's people in the order of forms, without `_id`. */
export function attributeNamesIn({ customAttributes }: PeopleRules): string[] {
  return [...new Set([...standardAttributes, ...customAttributes.map(({ name }) => name)])]
}

export function requiredAttributesIn({ customAttributes }: PeopleRules): string[] {
  return [...required, ...customAttributes.filter(({ isRequired }) => isRequired).map(({ name }) => name)]
}

/** The response of `/openidm/schema/managed/alpha_user`; `object` is `alpha_user`. */
export function userSchema(object: string, rules: PeopleRules = defaultRules): JsonObject {
  const realm = object.replace(/_?user$/, '')
  const password = { ...properties.password, policies: passwordPolicies(rules.passwordPolicy) }
  const custom = rules.customAttributes.map((attribute) => [attribute.name, customProperty(attribute)])
  const all = { ...properties, password, ...Object.fromEntries(custom) }
  // The schema is JSON, but the compiler cannot infer that from readonly lists.
  const plain: JsonObject = JSON.parse(
    JSON.stringify({ properties: all, required: requiredAttributesIn(rules) }),
  )
  return {
    _id: `managed/${object}`,
    $schema: 'http://json-schema.org/draft-03/schema',
    id: 'urn:jsonschema:org:forgerock:openidm:managed:api:User',
    title: realm === '' ? 'User' : `${realm.charAt(0).toUpperCase()}${realm.slice(1)} realm - User`,
    type: 'object',
    viewable: true,
    icon: 'fa-user',
    'mat-icon': 'people',
    order: Object.keys(all),
    ...plain,
  }
}

/** The schema of an attribute, or of a nested one such as `preferences/marketing`. */
export function schemaProperty(path: string, rules: PeopleRules = defaultRules): SchemaProperty | undefined {
  const [first = '', ...rest] = path.split('/')
  let found = customNamed(first, rules) ?? own(properties, first)
  for (const part of rest) found = found?.properties && own(found.properties, part)
  return found
}

/** All policies for a value: those for required attributes, the one for its type, then its own. */
export function policiesOf(path: string, rules: PeopleRules = defaultRules): Policy[] {
  const found = schemaProperty(path, rules)
  if (found === undefined) return []
  const isRequired = requiredAttributesIn(rules).includes(path)
  return [
    ...(isRequired ? [{ policyId: 'required' }, { policyId: 'not-empty' }] : []),
    { policyId: 'valid-type', params: { types: [found.type] } },
    ...(path === 'password' ? passwordPolicies(rules.passwordPolicy) : (found.policies ?? [])),
  ]
}

/** An attribute as journey nodes see it. */
export function personAttribute(path: string, rules: PeopleRules = defaultRules) {
  const found = schemaProperty(path, rules)
  if (found === undefined) return undefined
  const { title, description, type, viewable, userEditable } = found
  const isRequired = requiredAttributesIn(rules).includes(path)
  return {
    name: path,
    title,
    description,
    type,
    viewable,
    userEditable,
    isRequired,
    policies: policiesForCallbacks(path, rules),
  }
}

/** The `policies` output of callbacks. Source: "Supported callbacks", ValidatedCreatePasswordCallback. */
function policiesForCallbacks(path: string, rules: PeopleRules): JsonObject {
  const policies = policiesOf(path, rules).map(({ policyId, params }) => ({
    policyRequirements: [requirementOf({ policyId }) ?? policyId],
    policyId,
    ...(params && { params }),
  }))
  const policyRequirements = new Set(policies.flatMap((policy) => policy.policyRequirements))
  return {
    policyRequirements: [...policyRequirements],
    fallbackPolicies: null,
    name: path,
    policies,
    conditionalPolicies: null,
  }
}

function customNamed(name: string, { customAttributes }: PeopleRules): SchemaProperty | undefined {
  const found = customAttributes.find((attribute) => attribute.name === name)
  return found && customProperty(found)
}

function customProperty(attribute: CustomAttribute): SchemaProperty {
  const { name, title, description, type, viewable, searchable, userEditable, isPersonal } = attribute
  const policies = customPolicies(attribute)
  return property(title || name, {
    description: description || title || name,
    type,
    viewable,
    searchable,
    userEditable,
    isPersonal,
    ...(policies.length > 0 && { policies }),
    ...(type === 'array' && { items: { type: 'string' } }),
  })
}

function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}
