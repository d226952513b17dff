import * as z from 'zod/mini'
import { comparisonSchema, differenceSchema } from './differences.ts'
import { endpoint } from './endpoint.ts'
import { lazy, lazyExtend, lazyObject, namedObject } from './lazy.ts'

const kinds = ['journey', 'script', 'customNodeType', 'theme', 'emailTemplate', 'realmSettings'] as const

const things = 'versions/:kind/:id'
const one = `${things}/:number`

/** A version without its content. */
const versionSchema = namedObject('Version', () => ({
  kind: z.enum(kinds),
  /** The name of a journey, the id of another thing, or `settings`. */
  id: z.string(),
  /** Grows with every change of the server's configuration. */
  number: z.number(),
  /** The name of the thing at that time. */
  name: z.string(),
  /** Epoch milliseconds; null if unknown. */
  savedAt: z.nullable(z.number()),
  savedBy: z.nullable(z.string()),
  savedById: z.nullable(z.string()),
  note: z.nullable(z.string()),
  /** `existing`: it was there before the server kept versions. */
  cause: z.enum(['existing', 'save', 'import', 'restore', 'delete']),
  isDeletion: z.boolean(),
  /** Whether it has content that the caller may restore. */
  isRestorable: z.boolean(),
}))

const listSchema = namedObject('Versions', () => ({
  /** Newest first. */
  result: z.array(versionSchema()),
  /** The `before` of the next page; null on the last one. */
  next: z.nullable(z.number()),
}))

const listQuery = lazyObject(() => ({
  /** Only versions with a lower number. */
  before: z.optional(z.int()),
  /** At most 200. Default: 50. */
  limit: z.optional(z.int()),
  /** `true`: things of all realms, which only server administrators may read. */
  global: z.optional(z.enum(['true', 'false'])),
}))

const noteSchema = lazy(() =>
  z._default(z.string().check(z.maxLength(500, 'must have at most 500 characters')), ''),
)

const globalQuery = lazy(() => z.pick(listQuery(), { global: true }))

export const listChanges = endpoint('GET', 'versions', {
  query: lazy(() =>
    z.extend(z.omit(listQuery(), { global: true }), {
      /** `true`: only deletions. */
      deleted: z.optional(z.enum(['true', 'false'])),
      /** In the name or the note. */
      text: z.optional(z.string()),
      kind: z.optional(z.enum(kinds)),
      /** In the name of the person. */
      person: z.optional(z.string()),
    }),
  ),
  answer: listSchema,
})

export const listVersions = endpoint('GET', things, { query: listQuery, answer: listSchema })

export const readVersion = endpoint('GET', one, {
  query: globalQuery,
  answer: lazyObject(() => ({
    version: versionSchema(),
    /** Secrets are null. Absent for a deletion. */
    content: z.optional(
      z.object({
        /** A journey, a script, a custom node type, a theme, a template or settings. */
        document: z.record(z.string(), z.json()),
        /** Settings of the nodes of a journey, by id. */
        nodes: z.optional(z.record(z.string(), z.json())),
      }),
    ),
  })),
})

export const compareVersion = endpoint('GET', `${one}/differences`, {
  query: lazyExtend(globalQuery, () => ({
    /** The number of the later version. Default: the present state. */
    to: z.optional(z.int()),
  })),
  answer: comparisonSchema,
})

export const restoreVersion = endpoint('POST', one, {
  query: lazyExtend(globalQuery, () => ({ dryRun: z.optional(z.enum(['true', 'false'])) })),
  actions: {
    restore: {
      body: lazyObject(() => ({
        /** The reason, for the history. */
        note: noteSchema(),
        /** Whether to restore deleted things that the version needs, too. */
        withNeeds: z._default(z.boolean(), false),
      })),
      answer: lazyObject(() => ({
        isRestored: z.boolean(),
        /** What the restore changes in the realm. */
        differences: z.array(differenceSchema()),
        findings: z.array(z.object({ kind: z.string(), message: z.string() })),
      })),
    },
  },
})

export const undoImport = endpoint('POST', 'versions/imports/:number', {
  query: lazyObject(() => ({ dryRun: z.optional(z.enum(['true', 'false'])) })),
  actions: {
    undo: {
      body: lazyObject(() => ({ note: noteSchema() })),
      answer: lazyObject(() => ({
        isUndone: z.boolean(),
        /** `changed` since the import, `used` and `shared` things stay. */
        items: z.array(
          z.object({
            kind: z.enum(kinds),
            id: z.string(),
            name: z.string(),
            outcome: z.enum(['restored', 'deleted', 'changed', 'used', 'shared']),
          }),
        ),
      })),
    },
  },
})
