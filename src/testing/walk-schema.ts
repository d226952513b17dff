import { z } from 'zod'
import { isJsonObject, type Json, type JsonObject, jsonObjectSchema } from '../base/json.ts'
import { callbackTypes } from '../engine/callbacks.ts'
import { visitText } from './play/visits.ts'
import { type Project, projectSchema } from './project/project.ts'
import { stepSchemas, walkFileSchema } from './walk-file.ts'

/**
 * The JSON Schema of walk files, with which editors complete and check them. It proposes the project's own journeys, nodes and
 * outcomes, but accepts other names, because `sidegate test` reports those with a suggestion.
 */
export function walkJsonSchema({ bundle }: Pick<Project, 'bundle'>): JsonObject {
  const file = plain(walkFileSchema)
  const journeys = bundle.journeys.map(({ _id }) => _id)
  const nodes = bundle.journeys.flatMap((journey) =>
    Object.values(journey.nodes).flatMap(({ displayName, connections }) =>
      Object.keys(connections).map((outcome) => visitText({ name: displayName, outcome })),
    ),
  )
  const visits = [...new Set(nodes)].toSorted()
  const names = [
    ...new Set(bundle.journeys.flatMap(({ nodes }) => Object.values(nodes).map((node) => node.displayName))),
  ]
  const step = stepSchema()
  const steps = { type: 'array', items: { anyOf: [step, { type: 'array', items: step }] } }
  const changes: Record<string, Json> = {
    steps,
    journey: proposed(journeys),
    start: { anyOf: [proposed(journeys), memberOf(step, 'start') ?? {}] },
    path: {
      anyOf: [pathOf(visits), { type: 'object', additionalProperties: pathOf(visits) }],
    },
    visits: {
      type: 'object',
      properties: propertiesFor(visits, { type: 'integer' }),
      additionalProperties: { type: 'integer' },
    },
    stub: { type: 'object', properties: propertiesFor(names, {}), additionalProperties: {} },
    answer: { type: 'object', properties: propertiesFor(callbackTypes, {}), additionalProperties: {} },
  }
  const schema = jsonObjectSchema.parse(withMembers(file, changes))
  return { $schema: 'http://json-schema.org/draft-07/schema#', title: 'Sidegate walks', ...schema }
}

/** The JSON Schema of `sidegate.yaml`. */
export function settingsJsonSchema(): JsonObject {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Sidegate project',
    ...plain(projectSchema),
  }
}

function plain(schema: z.ZodType): JsonObject {
  const { $schema: _schema, ...json } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    target: 'draft-7',
  })
  return jsonObjectSchema.parse(json)
}

function stepSchema(): JsonObject {
  const [action = {}, ...others] = stepSchemas.map(plain)
  const party = { type: 'object', minProperties: 1, maxProperties: 1, additionalProperties: action }
  return { anyOf: [action, ...others, party] }
}

function memberOf({ anyOf }: JsonObject, name: string): Json | undefined {
  const [action] = Array.isArray(anyOf) ? anyOf : []
  const properties = isJsonObject(action) ? action.properties : undefined
  return isJsonObject(properties) ? properties[name] : undefined
}

function pathOf(visits: readonly string[]): JsonObject {
  return { type: 'array', items: proposed(['...', ...visits]) }
}

/** A text for which editors propose these values. */
function proposed(values: readonly string[]): JsonObject {
  return { anyOf: [{ enum: [...values] }, { type: 'string' }] }
}

function propertiesFor(names: readonly string[], schema: JsonObject): JsonObject {
  return Object.fromEntries(names.map((name) => [name, schema]))
}

/** Replaces properties of these names, at any depth, and keeps their descriptions. */
function withMembers(json: Json, changes: Readonly<Record<string, Json>>): Json {
  if (Array.isArray(json)) return json.map((one) => withMembers(one, changes))
  if (!isJsonObject(json)) return json
  const entries = Object.entries(json).map(([name, value]) => [
    name,
    name === 'properties' && isJsonObject(value)
      ? changedProperties(value, changes)
      : withMembers(value, changes),
  ])
  return Object.fromEntries(entries)
}

function changedProperties(properties: JsonObject, changes: Readonly<Record<string, Json>>): JsonObject {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => {
      const change = Object.hasOwn(changes, name) ? changes[name] : undefined
      if (change === undefined || !isJsonObject(change)) return [name, withMembers(value, changes)]
      const description = isJsonObject(value) ? value.description : undefined
      const others = Object.fromEntries(Object.entries(changes).filter(([other]) => other !== name))
      const replaced = jsonObjectSchema.parse(withMembers(change, others))
      return [name, description === undefined ? replaced : { ...replaced, description }]
    }),
  )
}
