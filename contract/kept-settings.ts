import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { lazyObject } from './lazy.ts'

const path = 'realm-config/kept-settings'

/** Settings of one kind that a realm keeps without effect here. `_id` is `import-SECTION` for those of an import. */
const keptKindSchema = lazyObject(() => ({
  _id: z.string(),
  count: z.number(),
  /** Their size as JSON. */
  characters: z.number(),
  /** The first of their names. */
  names: z.array(z.string()),
  /** Whether they belong to the whole server. Only its administrators see these. */
  isServerWide: z.boolean(),
}))

export const listKeptSettings = endpoint('GET', path, {
  answer: lazyObject(() => ({ result: z.array(keptKindSchema()) })),
})

export const removeKeptSettings = endpoint('DELETE', `${path}/:kind`, {
  answer: lazyObject(() => ({ _id: z.string(), count: z.number() })),
})
