import { z } from 'zod'
import { badRequest } from '../../base/errors.ts'
import type { JsonObject } from '../../base/json.ts'
import { decodedBase64, expressionTypes } from '../../engine/expression-type.ts'
import { encodings, sentRealmsSchema } from '../../esvs/esv.ts'
import { type EsvChanges, esvRevision, type Precondition } from '../../esvs/esv-changes.ts'
import { parseBody } from '../body.ts'
import { expectedRevisions, isCreateOnly } from '../configuration-resource.ts'
import { type Answer, byAction, type Call, param, type Resource, type Route } from '../route.ts'

const description = z.string('must be a text').max(2048).optional()

export const variableBody = z.looseObject({
  valueBase64: z.string('must be a text in base64'),
  description,
  // Variables from before there were types have an empty one.
  expressionType: z
    .enum(['', ...expressionTypes], `must be one of ${expressionTypes.join(', ')}`)
    .transform((type) => type || 'string')
    .optional(),
  realms: sentRealmsSchema,
})

export const secretBody = z.looseObject({
  valueBase64: z.string('must be a text in base64').optional(),
  description,
  encoding: z.enum(encodings, `must be one of ${encodings.join(', ')}`).optional(),
  useInPlaceholders: z.boolean('must be true or false').optional(),
  realms: sentRealmsSchema,
})

const descriptionBody = z.looseObject({ description: z.string('must be a text').max(2048) })

export const versionBody = z.looseObject({ valueBase64: z.string('must be a text in base64') })

export const statusBody = z.looseObject({
  status: z.enum(['ENABLED', 'DISABLED'], 'must be ENABLED or DISABLED'),
})

/** @throws RequestError 400, without the value. */
export function decoded(valueBase64: string): string {
  const text = decodedBase64(valueBase64)
  if (text === undefined) throw badRequest('valueBase64 must be a text in base64')
  return text
}

/** The object id of the author, as `lastChangedBy`. */
export async function authorOf(call: Call): Promise<string> {
  return (await call.session())?.session.identityId ?? ''
}

/** The vendor's answers have no `_rev`, so that the revision is only in the header. */
export function answered(body: JsonObject, of: { changedAt: number }): Answer {
  return { body, headers: { etag: `"${esvRevision(of)}"` } }
}

export function preconditionOf(call: Call): Precondition {
  return { isCreateOnly: isCreateOnly(call), revisions: expectedRevisions(call) }
}

/** @throws RequestError 400 unless all of the realms exist. */
export async function checkRealms(
  realms: readonly string[] | null | undefined,
  exists: (path: string) => Promise<boolean>,
): Promise<void> {
  for (const path of realms ?? []) {
    if (!(await exists(path))) throw badRequest(`realms names ${path}, which is not a realm`)
  }
}

export const variableResource: Resource = { kind: 'variable' }
export const secretResource: Resource = { kind: 'secret' }

/** The route that replaces the description of a variable or secret. */
export function describing(
  kind: 'variable' | 'secret',
  { esvChanges }: { esvChanges: EsvChanges },
  place: Readonly<{ path: string; access: 'administrator'; resource: Resource } & Pick<Route, 'dangerous'>>,
): Route {
  return {
    method: 'POST',
    ...place,
    summary: `Replaces the description of a ${kind} (\`setDescription\`).`,
    handle: byAction({
      async setDescription(call) {
        const { description } = parseBody(descriptionBody, call)
        const about = { id: param(call, 'id'), description }
        await esvChanges.describe(kind, about, await authorOf(call), preconditionOf(call))
        return { body: '' }
      },
    }),
  }
}
