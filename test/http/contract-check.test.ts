import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import '../support/contract-check.ts'

// The setup file of these tests, over a server that answers wrongly.

let answer: unknown
let origin: string

const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
})

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(() => server.close())

const list = '/am/json/realms/root/realms/alpha/backchannel-transactions?_queryFilter=true'

test.each([
  ['lacks a required member', { result: [] }],
  ['has a member of the wrong type', { result: 'none', pagedResultsCookie: null }],
  ['is not an object', []],
])('rejects an answer that %s', async (_case, wrong) => {
  answer = wrong
  await expect(fetch(origin + list)).rejects.toThrow('breaks the contract')
})

test('accepts an answer that lists some fields only, and answers of other servers', async () => {
  answer = []
  expect((await fetch(`${origin + list}&_fields=reference`)).status).toBe(200)
  expect((await fetch(`${origin}/elsewhere`)).status).toBe(200)
})
