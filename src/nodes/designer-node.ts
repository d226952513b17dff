import { z } from 'zod'
import type { Json, JsonObject } from '../base/json.ts'
import { fail, goTo } from '../engine/action.ts'
import type { NodeType } from '../engine/node-type.ts'
import {
  type CustomNodeType,
  type CustomProperty,
  customNodeTypeId,
  hasOptions,
  scriptError,
  valueSchema,
} from './custom-node-type.ts'
import { defineNode, setting } from './define-node.ts'
import type { Ports } from './ports/ports.ts'
import { namedKeys, runForResult, scriptErrors, stateKeys } from './script-result.ts'

/**
 * Turns a custom node type into a node type. Its outcomes are a table, so that a Configuration Provider can imitate it.
 * A script that fails or chooses an unknown outcome takes the outcome `Script Error` if the type has it, else it ends
 * the journey. Source: "Node designer".
 */
export function designerNode(definition: CustomNodeType): NodeType<JsonObject, Ports, 'scripts', string> {
  const outcomes = [...definition.outcomes, ...(definition.errorOutcome ? [scriptError] : [])]
  const script = {
    name: definition.displayName,
    id: customNodeTypeId(definition),
    source: definition.script,
  }
  return defineNode({
    type: `designer-${definition.serviceName}`,
    version: `${definition.version}.0`,
    title: definition.displayName,
    help: definition.description,
    tags: ['designer', ...definition.tags],
    config: () => settingsSchema(definition.properties),
    outcomes: { all: Object.fromEntries(outcomes.map((outcome) => [outcome, outcome])) },
    reads: () => stateKeys(definition.inputs),
    writes: () => stateKeys(definition.outputs),
    callbacks: { '*': 'Those that the script sends.' },
    suspends: true,
    errors: scriptErrors,
    requires: () => namedKeys(definition.inputs),
    needs: ['scripts'],
    reference: { outputs: 'whatever the script changes' },
    async run({ config, scripts, log }) {
      const inputs = stateKeys(definition.inputs)
      const request = { script, as: 'customNode', inputs, properties: config } as const
      const result = await runForResult({ scripts, log }, request, outcomes)
      if (result.ok) return result.action
      return definition.errorOutcome ? goTo(scriptError) : fail(result.reason)
    },
  })
}

/** The settings of a custom node. Optional unset values are absent, as scripts expect. */
function settingsSchema(properties: CustomNodeType['properties']) {
  const fields = Object.entries(properties).map(([name, property]) => [name, fieldSchema(property)] as const)
  return z.object(Object.fromEntries(fields))
}

function fieldSchema(property: CustomProperty): z.ZodType<Json> {
  const field: z.ZodType<Json> = valueSchema(property)
  const present = property.required ? field.refine(isFilled, 'is required') : field
  const described = setting(property.title, property.description, withDefault(present, property))
  if (!hasOptions(property)) return described
  return described.meta({ options: { enum_titles: Object.values(property.options) } })
}

function withDefault(field: z.ZodType<Json>, { required, defaultValue }: CustomProperty) {
  if (defaultValue !== undefined) return field.default(defaultValue)
  return required ? field : field.exactOptional()
}

function isFilled(value: Json): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== ''
}
