import { asText } from '../../base/as-text.ts'
import { defined } from '../../base/defined.ts'
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import { type CustomNodeType, customNodeTypeSchema } from '../../nodes/custom-node-type.ts'
import { idOf } from './piece.ts'
import { type Read, unreadable } from './read-result.ts'
import { type ReadText, readSource } from './script-source.ts'
import { entriesOf } from './shapes/sections.ts'

/** Reads a custom node type. */
export function readCustomNodeType(json: JsonObject, key: string, readText: ReadText): Read<CustomNodeType> {
  const id = idOf({ json, key })
  const name = asText(json.displayName, id)
  const source = readSource(json.script, readText)
  if ('problem' in source) return { problem: `custom node type '${name}' ${source.problem}` }
  const parsed = customNodeTypeSchema.safeParse({
    ...json,
    ...namesOf(json, id),
    description: json.description ?? '',
    script: source.text,
    properties: Object.fromEntries(entriesOf(json.properties).map(readProperty)),
  })
  if (parsed.success) return { value: parsed.data }
  return unreadable(`custom node type '${name}'`, parsed.error)
}

/** The id of a custom node type, which consists of service name and version. */
export function customNodeTypeIdOf(json: JsonObject, key: string): string {
  const id = idOf({ json, key })
  const { serviceName, version } = namesOf(json, id)
  return typeof version === 'number' ? `${asText(serviceName)}-${version}` : id
}

function namesOf(json: JsonObject, id: string): { serviceName: Json; version: Json } {
  const [, serviceName = id, version = '1'] = /^(.*)-(\d+)$/.exec(id) ?? []
  return { serviceName: json.serviceName ?? serviceName, version: json.version ?? Number(version) }
}

function readProperty([name, json]: [string, JsonObject]): [string, JsonObject] {
  const { defaultValue, options, type, ...rest } = json
  const choices: Json | undefined = isJsonObject(options) ? options : undefined
  return [
    name,
    {
      ...rest,
      type: asText(type).toUpperCase(),
      ...(defaultValue === undefined || defaultValue === null ? {} : { defaultValue }),
      ...defined({ options: choices }),
    },
  ]
}
