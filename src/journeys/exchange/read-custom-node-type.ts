import { asText } from '../../engine/as-text.ts'
import { defined } from '../../engine/defined.ts'
import { isJsonObject, type Json, type JsonObject } from '../../engine/json.ts'
import { type CustomNodeType, customNodeTypeSchema } from '../../nodes/custom-node-type.ts'
import { firstProblem, type Read } from './read-result.ts'
import { type ReadText, readSource } from './script-source.ts'
import { entriesOf } from './shapes/sections.ts'

/** Reads a custom node type. Its id consists of service name and version. */
export function readCustomNodeType(json: JsonObject, key: string, readText: ReadText): Read<CustomNodeType> {
  const id = typeof json._id === 'string' ? json._id : key
  const name = asText(json.displayName, id)
  const source = readSource(json.script, readText)
  if ('problem' in source) return { problem: `custom node type '${name}' ${source.problem}` }
  const [, serviceName = id, version = '1'] = /^(.*)-(\d+)$/.exec(id) ?? []
  const parsed = customNodeTypeSchema.safeParse({
    ...json,
    serviceName: json.serviceName ?? serviceName,
    version: json.version ?? Number(version),
    description: json.description ?? '',
    script: source.text,
    properties: Object.fromEntries(entriesOf(json.properties).map(readProperty)),
  })
  if (parsed.success) return { value: parsed.data }
  return { problem: `custom node type '${name}': ${firstProblem(parsed.error)}` }
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
