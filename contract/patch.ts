import * as z from 'zod/mini'
import { lazy, namedObject } from './lazy.ts'

export const patchOperationSchema = namedObject('PatchOperation', () => ({
  operation: z.enum(['add', 'remove', 'replace', 'increment']),
  field: z.string().check(z.regex(/^\/?[^/]+(\/[^/]+)*$/, 'must be a path such as /mail')),
  value: z.optional(z.json()),
}))

/** The changes of one document, in their order. Source: "Patch" in the vendor's Common REST guide. */
export const patchSchema = lazy(() => z.array(patchOperationSchema()).check(z.maxLength(200)))
