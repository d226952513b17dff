import * as z from 'zod/mini'
import { type Draft, type PropertyType, propertyTypes } from './draft.ts'

const typeNames = Object.keys(propertyTypes).filter((name): name is PropertyType => name in propertyTypes)

const propertySchema = z.object({
  key: z.string(),
  name: z.string(),
  title: z.string(),
  description: z.string(),
  type: z.enum(typeNames),
  isMultiple: z.boolean(),
  isRequired: z.boolean(),
  defaultValue: z.optional(z.string()),
  options: z.record(z.string(), z.string()),
})

const texts = z.array(z.string())

const draftSchema = z.object({
  id: z.optional(z.string()),
  serviceName: z.string(),
  version: z.number(),
  name: z.string(),
  description: z.string(),
  tags: texts,
  properties: z.array(propertySchema),
  outcomes: texts,
  hasErrorOutcome: z.boolean(),
  inputs: texts,
  outputs: texts,
  script: z.string(),
})

const key = (id: string) => `sidegate-custom-node-draft-${id}`

/**
 * Reads the draft that this browser stored before the page was closed.
 * @param id `new` for a new type.
 */
export function readStoredDraft(id: string): Draft | undefined {
  try {
    const {
      id: saved,
      properties,
      ...rest
    } = z.parse(draftSchema, JSON.parse(localStorage.getItem(key(id)) ?? ''))
    return {
      ...rest,
      id: saved,
      properties: properties.map(({ defaultValue, ...property }) => ({ ...property, defaultValue })),
    }
  } catch {
    return undefined
  }
}

/** @returns whether the browser stored it. */
export function storeDraft(id: string, draft: Draft): boolean {
  try {
    localStorage.setItem(key(id), JSON.stringify(draft))
    return true
  } catch {
    return false
  }
}

export function deleteStoredDraft(id: string): void {
  try {
    localStorage.removeItem(key(id))
  } catch {
    // Storage is disabled, so there is no stored draft.
  }
}
