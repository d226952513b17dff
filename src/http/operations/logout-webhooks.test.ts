import { afterAll, beforeAll, expect, test } from 'vitest'
import { adminPassword, startServer, type TestServer } from '../../../test/support/start-server.ts'
import { signIn } from '../../../test/support/wire.ts'
import type { JsonObject } from '../../base/json.ts'

let server: TestServer
let token: string
beforeAll(async () => {
  server = await startServer()
  token = await signIn(server.url, 'amadmin', adminPassword, '/')
})
afterAll(() => server.stop())

async function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const answer = await fetch(`${server.url}/json/realms/root/realms/alpha/realm-config/webhooks${path}`, {
    method,
    headers: { cookie: `iPlanetDirectoryPro=${token}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as JsonObject }
}

const webhook = {
  url: 'https://hooks.example.com/bye',
  headers: { accept: '*/*', 'X-Cool': 'test' },
  body: 'gone',
}
/** Header values may be credentials. */
const shown = { ...webhook, headers: { accept: '*/*', 'X-Cool': '********' } }
const _type = { _id: 'webhooks', name: 'Webhook Service', collection: true }

test('creates, reads, replaces, lists and removes a webhook with a space in its name', async () => {
  const created = await send('PUT', '/Cool%20Webhook', webhook)
  expect(created).toMatchObject({ status: 201, body: { _id: 'Cool Webhook', ...shown, _type } })
  expect(created.headers.get('location')).toMatch(/webhooks\/Cool%20Webhook$/)
  const read = await send('GET', '/Cool%20Webhook')
  expect(read.body).toEqual(created.body)
  const replaced = await send('PUT', '/Cool%20Webhook', { ...read.body, body: 'left' })
  expect(replaced).toMatchObject({ status: 200, body: { body: 'left' } })
  expect((await send('GET', '?_queryFilter=true')).body.result).toEqual([replaced.body])
  expect((await send('DELETE', '/Cool%20Webhook')).body).toEqual(replaced.body)
  expect((await send('GET', '/Cool%20Webhook')).status).toBe(404)
  expect((await send('DELETE', '/Cool%20Webhook')).status).toBe(404)
})

test('creates a webhook under the name in the body, once', async () => {
  const body = { _id: 'Created', ...webhook }
  expect(await send('POST', '?_action=create', body)).toMatchObject({ status: 201, body: shown })
  expect((await send('POST', '?_action=create', body)).status).toBe(409)
  expect((await send('POST', '?_action=create', webhook)).status).toBe(400)
})

test('fills in the vendor’s defaults', async () => {
  const template = { url: '', headers: { accept: '*/*' }, body: '' }
  expect((await send('POST', '?_action=template')).body).toEqual(template)
  expect((await send('POST', '?_action=getType')).body).toEqual(_type)
  expect((await send('PUT', '/Bare', {})).body).toMatchObject(template)
})

test.each([
  [{ uri: 'https://x' }, 'Invalid attribute specified.'],
  [{ url: 7 }, 'Data validation failed for the attribute, Url'],
  [{ headers: { 'bad name': 'x' } }, 'Data validation failed for the attribute, Headers'],
  [{ headers: { name: 'a\r\nb' } }, 'Data validation failed for the attribute, Headers'],
])('refuses %o', async (body, message) => {
  expect(await send('PUT', '/Bad', body)).toMatchObject({ status: 400, body: { message } })
})

test('checks preconditions', async () => {
  await send('PUT', '/Kept', webhook)
  expect((await send('PUT', '/Kept', webhook, { 'if-none-match': '*' })).status).toBe(412)
  expect((await send('PUT', '/Kept', webhook, { 'if-match': '"other"' })).status).toBe(412)
  expect((await send('DELETE', '/Kept', undefined, { 'if-match': '"other"' })).status).toBe(412)
})

test('does not show webhooks of another realm', async () => {
  await send('PUT', '/Mine', webhook)
  const answer = await fetch(`${server.url}/json/realms/root/realm-config/webhooks/Mine`, {
    headers: { cookie: `iPlanetDirectoryPro=${token}` },
  })
  expect(answer.status).toBe(404)
})
