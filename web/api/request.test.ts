import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { requestWithRevision } from './request.ts'

/** Answers with the ETag in the query. */
const server = createServer((request, response) => {
  const etag = new URL(request.url ?? '', 'http://localhost').searchParams.get('etag')
  if (etag !== null) response.setHeader('etag', etag)
  response.setHeader('content-type', 'application/json').end('{}')
})
beforeAll(() => new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening)))
afterAll(() => server.close())

it.each([
  ['"-12"', '-12'],
  // A proxy that compresses responses makes their tags weak.
  ['W/"-12"', '-12'],
  [undefined, ''],
])('reads the revision in the ETag %s', async (etag, revision) => {
  const { port } = server.address() as AddressInfo
  const answer = await requestWithRevision(z.unknown(), `http://127.0.0.1:${port}/`, { query: { etag } })
  expect(answer).toEqual({ body: {}, revision })
})
