import { z } from 'zod'
import { OperationError } from '../../base/errors.ts'
import type { HttpExchange } from './heard-request.ts'

const headersSchema = z.array(z.object({ name: z.string(), value: z.string() })).default([])

const entrySchema = z.object({
  startedDateTime: z.string(),
  request: z.object({
    method: z.string(),
    url: z.string(),
    headers: headersSchema,
    // Firefox writes an empty object for requests without a body.
    postData: z.object({ text: z.string().default(''), encoding: z.string().optional() }).optional(),
  }),
  response: z.object({
    status: z.number(),
    headers: headersSchema,
    content: z.object({ text: z.string().optional(), encoding: z.string().optional() }).default({}),
  }),
})

const harSchema = z.object({ log: z.object({ entries: z.array(z.unknown()) }) })

/**
 * Reads the requests of a HAR file, as Chrome and Firefox save it, in the order in which they were sent.
 * @param file name for messages. They never repeat content, which can be secret.
 * @throws OperationError for a file of another kind.
 */
export function readHar(file: string, text: string): HttpExchange[] {
  const har = harSchema.safeParse(parsedJson(file, text))
  if (!har.success) {
    throw new OperationError(
      `${file}: is no HAR file: it has no log.entries. In the browser's network tools, choose “Save all as HAR”.`,
    )
  }
  return har.data.log.entries
    .map((entry, index) => exchangeOf(entry, `${file}: log.entries[${index}]`))
    .filter((exchange) => exchange !== undefined)
    .toSorted((left, right) => left.at - right.at)
}

function parsedJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    // The message of the parser repeats a part of the file.
    const [, position] = /position (\d+)/.exec(error instanceof Error ? error.message : '') ?? []
    const line =
      position === undefined ? text.split('\n').length : text.slice(0, Number(position)).split('\n').length
    throw new OperationError(`${file}:${line}: is not JSON here. Save the file again: it may be cut.`)
  }
}

/** Undefined for a request that was blocked or cancelled. */
function exchangeOf(entry: unknown, place: string): HttpExchange | undefined {
  const parsed = entrySchema.safeParse(entry)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new OperationError(`${place}.${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is invalid'}`)
  }
  const { startedDateTime, request, response } = parsed.data
  const url = URL.parse(request.url)
  const at = Date.parse(startedDateTime)
  if (Number.isNaN(at)) throw new OperationError(`${place}.startedDateTime: must be a time`)
  if (url === null || response.status === 0) return undefined
  return {
    at,
    method: request.method,
    url,
    headers: Object.fromEntries(headersOf(request.headers)),
    body: decoded(request.postData) ?? '',
    status: response.status,
    // Firefox joins cookies with line breaks.
    setCookies: headersOf(response.headers).flatMap(([name, value]) =>
      name === 'set-cookie' ? value.split('\n') : [],
    ),
    responseBody: decoded(response.content),
  }
}

/** Without the pseudo headers of HTTP/2, such as `:path`. */
function headersOf(headers: z.infer<typeof headersSchema>): [string, string][] {
  return headers
    .filter(({ name }) => !name.startsWith(':'))
    .map(({ name, value }) => [name.toLowerCase(), value])
}

function decoded(
  content: { text?: string | undefined; encoding?: string | undefined } | undefined,
): string | undefined {
  if (content?.text === undefined) return undefined
  return content.encoding === 'base64' ? Buffer.from(content.text, 'base64').toString('utf8') : content.text
}
