import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { saveJourney, saveRealm, scripted } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking } from '../support/rest.ts'
import type { TestServer } from '../support/start-server.ts'
import { unclearAddresses } from '../support/unclear-addresses.ts'
import { authenticate, signIn, startJourney } from '../support/wire.ts'

let server: TestServer
let anonymous: Ask

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    await saveRealm(stores, '/alpha', {
      allowedUrls: ['https://app.example.com/*'],
      successUrl: 'https://app.example.com/home',
    })
    const source = `
      var to = requestParameters.get("to").get(0)
      nodeState.putShared("successUrl", to)
      nodeState.putShared("failureUrl", to)
      action.goTo(requestParameters.get("end").get(0))`
    const decide = await scripted(stores, 'decide', source, { success: 'success', failure: 'failure' })
    await saveJourney(stores, 'Ends', { decide })
  })
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

/** Each address that a journey or an endpoint returns. */
const exits: Record<string, (to: string) => Promise<unknown>> = {
  goto: async (goto) => (await end('success', { goto })).successUrl,
  gotoOnFail: async (gotoOnFail) => urlIn(await end('failure', { gotoOnFail })),
  'a success URL of a node': async (to) => (await end('success', { to })).successUrl,
  'a failure URL of a node': async (to) => urlIn(await end('failure', { to })),
  validateGoto: async (goto) => (await validate({ goto })).body.successURL,
  'goto with a session': async (goto) => {
    const cookie = `iPlanetDirectoryPro=${await signIn(server.url, 'alex', 'Alex-Pass-2026')}`
    const query = `?${new URLSearchParams({ goto })}`
    return (await authenticate(server.url, { query, headers: { cookie } })).body.successUrl
  },
}

async function end(end: 'success' | 'failure', more: Record<string, string>) {
  const query = `&${new URLSearchParams({ end, to: '', ...more })}`
  return (await startJourney(server.url, 'Ends', { query })).body
}

const urlIn = ({ detail }: Record<string, unknown>) =>
  z.object({ failureUrl: z.string() }).parse(detail).failureUrl

describe.each(Object.entries(exits))('%s', (_, leave) => {
  test.each(unclearAddresses)('never leads to %j', async (address) => {
    const page = await leave(address)
    expect(['', 'https://app.example.com/home']).toContain(page)
  })

  test('leads to allowed pages', async () => {
    expect(await leave('https://app.example.com')).toBe('https://app.example.com/')
    expect(await leave('/somewhere/here?a=b#c')).toBe('/somewhere/here?a=b#c')
  })
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
