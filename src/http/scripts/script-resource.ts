import { z } from 'zod'
import type { JsonObject } from '../../base/json.ts'
import { maxSourceLength } from '../../engine/source-length.ts'
import { type Script, scriptSchema } from '../../scripts/script.ts'
import { parseAttributes } from '../configuration-resource.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Source text in base64. */
export const encodedSource = z.base64('must be base64').transform((encoded, context) => {
  try {
    const source = utf8.decode(Buffer.from(encoded, 'base64'))
    if (source.length <= maxSourceLength) return source
    context.addIssue(`must have at most ${maxSourceLength} characters`)
    return z.NEVER
  } catch {
    context.addIssue('must be base64 of UTF-8 text')
    return z.NEVER
  }
})

/** Authors and dates are not accepted, because tools send those of the exporting server. */
const resourceSchema = z.object({
  name: z.string('must be a text').min(1, 'must not be empty'),
  description: z
    .string()
    .nullish()
    .transform((text) => text ?? ''),
  script: encodedSource,
  language: scriptSchema.shape.language,
  context: z.string('must be a text').regex(/^[A-Z][A-Z0-9_]*$/, 'must be the name of a script context'),
  default: z.boolean().default(false),
  evaluatorVersion: scriptSchema.shape.evaluatorVersion,
})

/** A script as a resource. */
export function scriptResource(script: Script): JsonObject {
  return {
    _id: script.id,
    name: script.name,
    description: script.description,
    script: Buffer.from(script.source).toString('base64'),
    default: script.isDefault,
    language: script.language,
    context: script.context,
    createdBy: script.createdBy,
    creationDate: script.createdAt,
    lastModifiedBy: script.lastModifiedBy,
    lastModifiedDate: script.lastModifiedAt,
    evaluatorVersion: script.evaluatorVersion,
  }
}

/**
 * Parses a script. `by` is the universal id of the author, `now` epoch milliseconds.
 * @throws RequestError 400.
 */
export function parseScript(
  body: unknown,
  { id, stored, by, now }: { id: string; stored: Script | undefined; by: string; now: number },
): Script {
  const { script, default: isDefault, ...rest } = parseAttributes(resourceSchema, body)
  return {
    id,
    ...rest,
    source: script,
    isDefault,
    createdBy: stored?.createdBy ?? by,
    createdAt: stored?.createdAt ?? now,
    lastModifiedBy: by,
    lastModifiedAt: now,
  }
}
