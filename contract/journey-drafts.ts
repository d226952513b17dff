import * as z from 'zod/mini'
import { comparisonSchema } from './differences.ts'
import { endpoint } from './endpoint.ts'
import {
  findingSchema,
  journeyRowSchema,
  journeySchema,
  partMembers,
  partsSchema,
  saveMembers,
} from './journeys.ts'
import { lazy, lazyObject, namedObject } from './lazy.ts'

const one = 'drafts/:name'

const draftMembers = lazy(() => ({
  _id: z.string(),
  /** Changes with every save of the draft. */
  _rev: z.string(),
  /** Whether the published journey changed since the draft was begun. */
  isBehind: z.boolean(),
}))

const draftSchema = namedObject('Draft', () => {
  const { saves: _ofVersions, ...saved } = saveMembers()
  return { ...draftMembers(), ...partMembers(), ...saved, _findings: z.array(findingSchema()) }
})

const workingCopySchema = namedObject('WorkingCopy', () => ({
  _id: z.string(),
  /** Null if there are no changes to publish. */
  draft: z.nullable(draftSchema()),
  /** Null if the journey was never published. */
  published: z.nullable(journeySchema()),
  /** The published journey when the draft was begun. Null unless it has changed since. */
  base: z.nullable(partsSchema()),
}))

/** The `_rev` of the draft. */
const revisionHeader = lazyObject(() => ({ 'If-Match': z.string() }))

export const listDrafts = endpoint('GET', 'drafts', {
  answer: lazyObject(() => ({
    /** `savedAt` and its siblings are those of the draft. */
    result: z.array(z.object({ ...journeyRowSchema().shape, ...draftMembers(), isPublished: z.boolean() })),
  })),
})

export const readDraft = endpoint('GET', one, { answer: workingCopySchema })

export const saveDraft = endpoint('PUT', one, {
  body: lazyObject(() => ({
    ...partMembers(),
    /**
     * The `_rev` of the published journey whose changes the draft includes; null for a journey that was never published. Absent: the
     * draft stays based on what it was.
     */
    base: z.optional(z.nullable(z.string('must be a text'))),
  })),
  answer: workingCopySchema,
})

export const discardDraft = endpoint('DELETE', one, { headers: revisionHeader, answer: workingCopySchema })

export const publishDraft = endpoint('POST', one, {
  headers: revisionHeader,
  actions: { publish: { answer: journeySchema } },
})

export const compareDraft = endpoint('GET', `${one}/differences`, {
  answer: lazyObject(() => ({
    ...comparisonSchema().shape,
    isBehind: z.boolean(),
    /** The reasons why the draft can't be published yet. */
    problems: z.array(
      z.object({
        message: z.string(),
        nodeId: z.optional(z.string()),
        attribute: z.optional(z.string()),
      }),
    ),
  })),
})
