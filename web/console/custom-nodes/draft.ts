import type { CustomNode, CustomNodeDraft, CustomNodeProperty } from '../../api/custom-nodes.ts'
import { defined } from '../../api/defined.ts'
import { isJsonObject, type Json, type JsonObject } from '../../api/json.ts'
import type { StoredDocument } from '../saving/stored-document.ts'

/** A property of the draft. Its default value is text until it is saved. */
export type PropertyDraft = {
  /** Stable key for React. */
  key: string
  name: string
  title: string
  description: string
  type: PropertyType
  isMultiple: boolean
  isRequired: boolean
  /** Undefined if there is no default value. */
  defaultValue: string | undefined
  /** Allowed values with their labels; empty allows any value. */
  options: Readonly<Record<string, string>>
}

export const propertyTypes = {
  STRING: 'String',
  NUMBER: 'Number',
  BOOLEAN: 'Boolean',
  OBJECT: 'Object',
} as const
export type PropertyType = keyof typeof propertyTypes

/** A custom node type in the designer. */
export type Draft = {
  /** Undefined until first saved. */
  id: string | undefined
  serviceName: string
  version: number
  name: string
  description: string
  tags: readonly string[]
  properties: readonly PropertyDraft[]
  outcomes: readonly string[]
  hasErrorOutcome: boolean
  inputs: readonly string[]
  outputs: readonly string[]
  script: string
}

/** A draft, and the stored type that it was made from. */
export type BasedDraft = { draft: Draft; base: StoredDocument }

export function basedOn(node: CustomNode): BasedDraft {
  const draft = draftOf(node)
  return { draft, base: { document: documentOf(draft), revision: node._rev } }
}

/** @param serviceName lower-case letters and digits, unique on the server. */
export function newDraft(serviceName: string): Draft {
  return {
    id: undefined,
    serviceName,
    version: 1,
    name: '',
    description: '',
    tags: [],
    properties: [],
    outcomes: [],
    hasErrorOutcome: false,
    inputs: [],
    outputs: [],
    script: '',
  }
}

export function newProperty(key: string): PropertyDraft {
  return {
    key,
    name: '',
    title: '',
    description: '',
    type: 'STRING',
    isMultiple: false,
    isRequired: false,
    defaultValue: undefined,
    options: {},
  }
}

export function draftOf(node: CustomNode): Draft {
  return {
    id: node._id,
    serviceName: node.serviceName,
    version: node.version,
    name: node.displayName,
    description: node.description ?? '',
    tags: node.tags,
    properties: Object.entries(node.properties).map(propertyOf),
    outcomes: node.outcomes,
    hasErrorOutcome: node.errorOutcome,
    inputs: node.inputs,
    outputs: node.outputs,
    script: node.script,
  }
}

function propertyOf([name, property]: [string, CustomNodeProperty]): PropertyDraft {
  return {
    key: name,
    name,
    title: property.title,
    description: property.description ?? '',
    type: isPropertyType(property.type) ? property.type : 'STRING',
    isMultiple: property.multivalued,
    isRequired: property.required,
    defaultValue: property.defaultValue === undefined ? undefined : textOf(property.defaultValue),
    options: property.options ?? {},
  }
}

function isPropertyType(type: string): type is PropertyType {
  return type in propertyTypes
}

/** The node type as sent to the server. Check `problemsOf` first. */
export function nodeOf(draft: Draft): CustomNodeDraft {
  return {
    _id: draft.id,
    serviceName: draft.serviceName,
    version: draft.version,
    displayName: draft.name.trim(),
    description: draft.description,
    outcomes: [...draft.outcomes],
    errorOutcome: draft.hasErrorOutcome,
    inputs: [...draft.inputs],
    outputs: [...draft.outputs],
    tags: [...draft.tags],
    script: draft.script,
    properties: Object.fromEntries(draft.properties.map((property) => [property.name, settingOf(property)])),
  }
}

/** The node type without its id, to compare and merge it with others. Has the `order` of its properties, which JSON lacks. */
export function documentOf(draft: Draft): JsonObject {
  const { _id: _, ...document } = nodeOf(draft)
  // Without the undefined members, which are not JSON.
  return JSON.parse(JSON.stringify({ ...document, order: draft.properties.map(({ name }) => name) }))
}

function settingOf(property: PropertyDraft): CustomNodeProperty {
  const defaultValue = defaultOf(property)
  return {
    title: property.title.trim(),
    description: property.description,
    type: property.type,
    required: property.isRequired,
    multivalued: property.isMultiple,
    ...defined({ defaultValue }),
    ...(Object.keys(property.options).length === 0 ? {} : { options: { ...property.options } }),
  }
}

/** The default value as stored. Undefined without a default, or if the text doesn't fit the type. */
export function defaultOf({ defaultValue, isMultiple, type, options }: PropertyDraft): Json | undefined {
  if (defaultValue === undefined) return undefined
  if (isMultiple) {
    const values = defaultValue.split('\n').filter((line) => line !== '')
    const read = values.map((value) => singleValueOf(type, value))
    return read.some((value) => value === undefined) ? undefined : read.filter((value) => value !== undefined)
  }
  if (Object.keys(options).length > 0) return defaultValue in options ? defaultValue : undefined
  return singleValueOf(type, defaultValue)
}

function singleValueOf(type: PropertyType, text: string): Json | undefined {
  switch (type) {
    case 'STRING':
      return text
    case 'NUMBER':
      return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined
    case 'BOOLEAN':
      return text === 'true' ? true : text === 'false' ? false : undefined
    case 'OBJECT':
      return objectOf(text)
  }
}

function objectOf(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function textOf(value: Json): string {
  if (Array.isArray(value)) return value.map(textOf).join('\n')
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** The outcomes of a node of this type. */
export function outcomesOf({ outcomes, hasErrorOutcome }: Draft): string[] {
  return hasErrorOutcome ? [...outcomes, 'Script Error'] : [...outcomes]
}
