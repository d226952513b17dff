import { parse } from 'yaml'
import { z } from 'zod'
import { badRequest } from '../base/errors.ts'
import { httpMockSchema } from '../testing/http-mock.ts'

const repliesSchema = z.union([
  z.object({ http: z.array(httpMockSchema) }).transform(({ http }) => http),
  z.array(httpMockSchema),
  httpMockSchema.transform((mock) => [mock]),
])

/** Replies as a walk declares them: `http: [...]`, a list, or one. @throws RequestError 400 for anything else. */
export function repliesIn(yaml: string) {
  let value: unknown
  try {
    value = parse(yaml)
  } catch (error) {
    // Besides mistakes, it refuses texts that would grow: with many aliases, or nested too deeply.
    const [problem] = error instanceof Error ? error.message.split('\n') : []
    throw badRequest(`This is not YAML: ${problem ?? ''}`)
  }
  const parsed = repliesSchema.safeParse(value)
  if (parsed.success) return parsed.data
  throw badRequest('This is no reply. Write one such as { GET: "https://example.com/", reply: { json: {} } }')
}
