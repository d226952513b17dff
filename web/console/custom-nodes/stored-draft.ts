import * as z from 'zod/mini'
import { type CopyKey, deleteBrowserCopy, readBrowserCopy, writeBrowserCopy } from '../saving/browser-copy.ts'
import type { StoredDocument } from '../saving/stored-document.ts'
import { type BasedDraft, type Draft, type PropertyType, propertyTypes } from './draft.ts'

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
  base: z.optional(z.object({ document: z.record(z.string(), z.json()), revision: z.string() })),
})

/**
 * The copy of a draft in this browser.
 * @param id `new` for a new type.
 */
export function draftCopy(id: string, person: string) {
  const key: CopyKey = { kind: 'custom-node', id, realm: '*', person }
  return {
    /** Drafts of Sidegate 0.1 have no base. */
    read(): { draft: Draft; base: StoredDocument | undefined } | undefined {
      const copy = readBrowserCopy(key, draftSchema)
      if (copy === undefined) return undefined
      const { id: saved, properties, base, ...rest } = copy.value
      const draft = {
        ...rest,
        id: saved,
        properties: properties.map(({ defaultValue, ...property }) => ({ ...property, defaultValue })),
      }
      return { draft, base }
    },
    /** @returns whether the browser stored it. */
    write: ({ draft, base }: BasedDraft) => writeBrowserCopy(key, { ...draft, base }),
    delete: () => deleteBrowserCopy(key),
  }
}
