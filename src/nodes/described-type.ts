import { z } from 'zod'
import { defined } from '../base/defined.ts'
import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'
import { type AnyNodeType, allOutcomesOf, isInteractive, type Outcome } from '../engine/node-type.ts'
import { categoryOf } from './categories.ts'
import { schemaOf, templateOf } from './node-schema.ts'
import { sharedKeys } from './state-keys.ts'

/** What a node is for, by which diagrams of journeys choose its colour and icon. */
export const nodeFamilies = {
  backchannel: 'Backchannel',
  collect: 'Ask',
  identity: 'Look up and save',
  decide: 'Decide',
  device: 'Devices',
  flow: 'Flow and wait',
  custom: 'Custom nodes',
} as const

/** The family of a node type. For unknown types it is guessed from the name. */
export function familyOf(
  type: string,
  known: Pick<AnyNodeType, 'tags' | 'family'> | undefined,
): keyof typeof nodeFamilies {
  if (type.startsWith('designer-')) return 'custom'
  const { tags, family } = known ?? { tags: [] }
  if (family !== undefined) return family
  if (tags.includes('backchannel')) return 'backchannel'
  if (tags.includes('multi-factor authentication') || type.startsWith('Device')) return 'device'
  return /Decision(Node)?(V\d)?$/.test(type) ? 'decide' : 'flow'
}

/** Some of the vendor's titles end in "Node", most don't. */
export function shownTitle(title: string): string {
  return title.replace(/ Node$/, '')
}

/** Everything a palette and a form need to know about a node type. AM's `schema` response contains less. */
export function describedType(type: AnyNodeType, isNewest: boolean): JsonObject {
  const template = templateOf(type)
  const settings = type.config.safeParse(template)
  const keys = settings.success ? sharedKeys(type, settings.data) : { reads: [], writes: [] }
  return {
    type: type.type,
    version: type.version,
    isNewest,
    isCustom: type.type.startsWith('designer-'),
    isSupported: true,
    isInteractive: isInteractive(type),
    title: shownTitle(type.title),
    help: type.help,
    tags: [...type.tags],
    family: familyOf(type.type, type),
    category: categoryOf(type),
    outcomesFrom: isFixed(type) ? 'fixed' : 'settings',
    outcomes: allOutcomesOf(type)?.map((outcome) => described(outcome, type)) ?? null,
    ...keys,
    template,
    settings: settingsSchema(type),
  }
}

function described({ id, displayName }: Outcome, { reference }: AnyNodeType): JsonObject {
  const meanings: Readonly<Record<string, string | undefined>> = reference?.outcomes ?? {}
  const help = Object.hasOwn(meanings, id) ? meanings[id] : undefined
  return { id, displayName, ...defined({ help }) }
}

/** Whether settings can't change the outcomes. */
function isFixed({ outcomes }: AnyNodeType): boolean {
  return typeof outcomes !== 'function' && outcomes.offered === undefined && outcomes.labels === undefined
}

/** JSON Schema of the settings, with AM's titles and order and the references of settings. */
function settingsSchema(type: AnyNodeType): JsonObject {
  const { properties } = schemaOf(type)
  const { properties: full, required } = jsonSchemaOf(type)
  const described = Object.entries(properties).map(([name, { title, description, propertyOrder, ...am }]) => {
    const own = full[name]
    const { options } = am
    return [
      name,
      {
        ...(isJsonObject(own) ? own : {}),
        title,
        description,
        propertyOrder,
        ...defined({ options }),
      },
    ] as const
  })
  return { type: 'object', properties: Object.fromEntries(described), required }
}

/** Lists settings without a default as required, whereas AM's response lists all that aren't optional. */
function jsonSchemaOf(type: AnyNodeType): { properties: JsonObject; required: Json } {
  const schema = z.toJSONSchema(type.config, { io: 'input', unrepresentable: 'any' })
  const properties = asJson(schema.properties ?? {})
  return {
    properties: isJsonObject(properties) ? properties : {},
    required: asJson(schema.required ?? []),
  }
}

function asJson(value: unknown): Json {
  return z.json().parse(JSON.parse(JSON.stringify(value)))
}
