import * as z from 'zod'
import type { Json } from '../engine/json.ts'
import { badRequest } from '../errors.ts'

/**
 * Reads a body through its schema.
 * @throws RequestError 400 that names the first field that is not right and what was expected.
 */
export function parseBody<Schema extends z.core.$ZodType>(
  schema: Schema,
  { body }: { body: Json | undefined },
): z.output<Schema> {
  const parsed = z.safeParse(schema, body ?? {})
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const field = issue?.path.join('.')
  throw badRequest(
    field ? `${field}: ${issue?.message}` : (issue?.message ?? 'The request body is not valid'),
  )
}
