import { afterAll, beforeAll, expect, test } from 'vitest'
import { saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking } from '../support/rest.ts'
import type { TestServer } from '../support/start-server.ts'

let server: TestServer
let anonymous: Ask

beforeAll(async () => {
  server = await startPrepared((stores) =>
    saveRealm(stores, '/alpha', {
      allowedUrls: ['https://app.example.com/*'],
      successUrl: 'https://app.example.com/home',
    }),
  )
  anonymous = asking(server.url, '')
})
afterAll(() => server.stop())

const validate = (body: unknown, realm = 'root/realms/alpha') =>
  anonymous(`/realms/${realm}/users?_action=validateGoto`, { method: 'POST', body })

test.each([
  ['https://app.example.com/orders?page=2#top', 'https://app.example.com/orders?page=2#top'],
  ['/somewhere/here', '/somewhere/here'],
  ['https://evil.example.com/', 'https://app.example.com/home'],
  ['https://app.example.com.evil.example/', 'https://app.example.com/home'],
  ['https://app.example.com@evil.example/', 'https://app.example.com/home'],
  ['//evil.example.com/', 'https://app.example.com/home'],
  ['/\\evil.example.com/', 'https://app.example.com/home'],
  ['javascript:alert(1)', 'https://app.example.com/home'],
])('goto %s leads to %s', async (goto, successURL) => {
  expect((await validate({ goto })).body).toEqual({ successURL })
})

test('a realm without a landing page uses the default', async () => {
  const goto = 'https://evil.example.com/'
  expect((await validate({ goto }, 'root')).body).toEqual({ successURL: '/console/' })
})

test.each([[{}], [{ goto: '' }], [{ goto: 7 }], [{ goto: 'x'.repeat(9000) }]])(
  '%j is rejected',
  async (body) => {
    expect((await validate(body)).status).toBe(400)
  },
)
