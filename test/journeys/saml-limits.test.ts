import { afterAll, beforeAll, expect, test } from 'vitest'
import { saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'

const maxAnswers = 3

let server: TestServer

beforeAll(async () => {
  server = await startPrepared((stores) =>
    saveRealm(stores, '/alpha', { limits: { samlAnswersPerAddress: maxAnswers } as never }),
  )
})
afterAll(() => server.stop())

function deliver(answer: string) {
  const body = new URLSearchParams({ SAMLResponse: answer })
  return fetch(`${server.url}/AuthConsumer/metaAlias/alpha/sp`, { method: 'POST', body })
}

test('rejects a SAML answer of more than 128 KB before reading it', async () => {
  const answer = await deliver('A'.repeat(128 * 1024))
  expect(answer.status).toBe(413)
  expect(await answer.json()).toEqual({
    code: 413,
    reason: 'Payload Too Large',
    message: 'The request body must not be larger than 128 KB',
  })
})

test('counts SAML answers of an address before reading them', async () => {
  const statuses: number[] = []
  for (let sent = 0; sent <= maxAnswers; sent++) statuses.push((await deliver('A')).status)
  expect(statuses).toEqual([404, 404, 404, 429])
  const refused = await deliver('A')
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await refused.json()).toMatchObject({
    message: 'Too many SAML answers from this address in a short time',
    detail: { problem: 'tooManyFromAddress' },
  })
})
