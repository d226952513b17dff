import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { z } from 'zod'

const harSchema = z.object({
  log: z.object({
    entries: z.array(
      z.object({
        request: z.object({ method: z.string(), url: z.string() }),
        response: z.object({
          status: z.number(),
          headers: z.array(z.object({ name: z.string(), value: z.string() })),
          content: z.object({ text: z.string() }),
        }),
      }),
    ),
  }),
})

export type Handler = (
  request: IncomingMessage,
  body: string,
  response: ServerResponse,
) => void | Promise<void>

/** A server on this machine that a test answers for. @returns its origin. */
export async function startLoopback(handle: Handler): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => void handle(request, Buffer.concat(chunks).toString(), response))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Answers authenticate requests with the responses of a HAR file, in their order. @returns what it received. */
export function recordedTenant(name: string): { handle: Handler; received: string[] } {
  const file = join(import.meta.dirname, '../fixtures/recorded', name)
  const { entries } = harSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).log
  const received: string[] = []
  const handle: Handler = ({ url = '' }, body, response) => {
    const [next] = entries
    if (next === undefined || !url.startsWith(new URL(next.request.url).pathname)) {
      response.writeHead(401, { 'content-type': 'application/json' })
      response.end('{"code":401,"reason":"Unauthorized","message":"Access Denied"}')
      return
    }
    entries.shift()
    received.push(body)
    for (const { name: header, value } of next.response.headers) response.appendHeader(header, value)
    response.writeHead(next.response.status)
    response.end(next.response.content.text)
  }
  return { handle, received }
}
