import * as z from 'zod'
import { badRequest } from '../base/errors.ts'
import type { Json } from '../base/json.ts'

/**
 * Parses a body by its schema.
 * @throws RequestError 400 naming the first invalid field and the expected value.
 */
export function parseBody<Schema extends z.core.$ZodType>(
  schema: Schema,
  { body }: { body: Json | undefined },
): z.output<Schema> {
  const parsed = z.safeParse(schema, body === undefined ? {} : body)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const field = issue?.path.join('.')
  throw badRequest(
    field ? `${field}: ${issue?.message}` : (issue?.message ?? 'The request body is not valid'),
  )
}
