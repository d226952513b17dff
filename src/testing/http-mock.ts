import { z } from 'zod'
import { jsonSchema } from '../base/json.ts'

const replySchema = z.union([
  z.enum(['timeout', 'refused']),
  z.strictObject({
    status: z.int().min(100).max(599).default(200),
    headers: z.record(z.string().min(1), z.string()).default({}),
    json: jsonSchema.optional(),
    text: z.string().optional(),
  }),
])

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const

const url = z.string().regex(/^(https?:\/\/|\/)/, 'must be a URL, or a regular expression between slashes')

/** A mocked HTTP call: its method and URL, what it must contain, and the reply. */
export const httpMockSchema = z
  .strictObject({
    ...Object.fromEntries(methods.map((method) => [method, url.optional()])),
    body: jsonSchema.optional(),
    headers: z.record(z.string().min(1), z.string()).optional(),
    reply: replySchema.default({ status: 200, headers: {} }),
    times: z.union([z.int().min(0), z.literal('any')]).optional(),
  })
  .refine((mock) => methods.filter((method) => method in mock).length === 1, {
    message: `must name the method and URL of the call, such as { GET: "https://example.com/" }`,
  })
  .transform((mock) => {
    const { body, headers = {}, reply, times } = mock
    const method = methods.find((one) => one in mock) ?? 'GET'
    // The schema has these members for the methods alone.
    const { [method]: target } = mock as Record<string, unknown>
    return { method, url: String(target), body, headers, reply, times }
  })

export type HttpMock = z.infer<typeof httpMockSchema>
