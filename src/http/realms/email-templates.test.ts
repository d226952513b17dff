import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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

type Sent = { body?: unknown; headers?: Record<string, string>; cookie?: string }

async function send(method: string, path: string, { body, headers, cookie = token }: Sent = {}) {
  const answer = await fetch(`${server.url.replace(/\/am$/, '')}/openidm/config${path}`, {
    method,
    headers: {
      cookie: `iPlanetDirectoryPro=${cookie}`,
      'content-type': 'application/json',
      'accept-api-version': 'protocol=2.1,resource=1.0',
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: (await answer.json()) as JsonObject }
}

const template = {
  _id: 'emailTemplate/notice',
  enabled: true,
  defaultLocale: 'en',
  from: '',
  subject: { en: 'Notice' },
  message: { en: '<p>{{object.userName}}</p>' },
  mimeType: 'text/html',
  styles: 'p{}',
}

test('has the default templates on a new server', async () => {
  const { status, body } = await send('GET', '/emailTemplate/welcome')
  expect(status).toBe(200)
  expect(body).toMatchObject({
    _id: 'emailTemplate/welcome',
    _rev: expect.any(String),
    subject: { en: 'Your account is ready' },
  })
})

test('has the standard template again once the template of that name is removed, and never removes it', async () => {
  const path = '/emailTemplate/updatePassword'
  expect((await send('PUT', path, { body: template })).status).toBe(200)
  expect((await send('DELETE', path)).status).toBe(200)
  expect((await send('GET', path)).body).toMatchObject({ displayName: 'Update Password' })
  expect((await send('DELETE', path)).status).toBe(404)
})

test('creates, replaces and removes a template, and keeps all its members', async () => {
  const created = await send('PUT', '/emailTemplate/notice', { body: template })
  expect(created).toMatchObject({ status: 201, body: template })
  expect(await send('GET', '/emailTemplate/notice')).toEqual({ status: 200, body: created.body })
  const replaced = await send('PUT', '/emailTemplate/notice', { body: { ...template, enabled: false } })
  expect(replaced).toMatchObject({ status: 200, body: { enabled: false } })
  expect(replaced.body._rev).not.toBe(created.body._rev)
  expect((await send('DELETE', '/emailTemplate/notice')).status).toBe(200)
  expect((await send('GET', '/emailTemplate/notice')).status).toBe(404)
})

test('finds all templates, each with the revision of the single resource', async () => {
  const { body } = await send('GET', `?_queryFilter=${encodeURIComponent('_id sw "emailTemplate/re"')}`)
  expect(body.resultCount).toBe(2)
  const [registration] = body.result as JsonObject[]
  expect(registration).toEqual((await send('GET', '/emailTemplate/registration')).body)
})

test('keeps the templates of realms apart', async () => {
  expect((await send('PUT', '/emailTemplate/welcome?realm=/', { body: template })).status).toBe(200)
  expect((await send('GET', '/emailTemplate/welcome?realm=/')).body.subject).toEqual({ en: 'Notice' })
  expect((await send('GET', '/emailTemplate/welcome?realm=alpha')).body.subject).not.toEqual({ en: 'Notice' })
  expect((await send('GET', '/emailTemplate/welcome?realm=/none')).status).toBe(404)
})

describe('a template without a realm', () => {
  const news = (path = '') => send('GET', `/emailTemplate/news${path}`)
  const subjectOf = async (path: string) => (await news(path)).body.subject
  const own = { ...template, subject: { en: 'Our own' } }

  beforeAll(async () => {
    await send('PUT', '/emailTemplate/news', { body: template })
  })

  test.each(['/', '/alpha'])('is found in the realm %s, alone and in the list', async (realm) => {
    expect(await subjectOf(`?realm=${realm}`)).toEqual({ en: 'Notice' })
    const { body } = await send('GET', `?_queryFilter=true&realm=${realm}`)
    expect((body.result as JsonObject[]).map(({ _id }) => _id)).toContain('emailTemplate/news')
  })

  test('is hidden by the realm’s own until that is removed', async () => {
    await send('PUT', '/emailTemplate/news?realm=/alpha', { body: own })
    expect(await subjectOf('?realm=/alpha')).toEqual({ en: 'Our own' })
    expect(await subjectOf('?realm=/')).toEqual({ en: 'Notice' })
    expect(await subjectOf('')).toEqual({ en: 'Notice' })
    expect((await send('DELETE', '/emailTemplate/news?realm=/alpha')).status).toBe(200)
    expect(await subjectOf('?realm=/alpha')).toEqual({ en: 'Notice' })
  })

  test('cannot be removed through a realm', async () => {
    expect((await send('DELETE', '/emailTemplate/news?realm=/alpha')).status).toBe(404)
    expect((await news()).status).toBe(200)
  })

  test('can only be written by server administrators; others write in their own realm', async () => {
    const people = `${server.url.replace(/\/am$/, '')}/openidm/managed/alpha_user`
    const made = await fetch(`${people}/5d2b7c1e-6a0f-4f0c-9d43-8e1f0c6b2a71?_action=setRoles`, {
      method: 'POST',
      headers: { cookie: `iPlanetDirectoryPro=${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ roles: ['journey-author'] }),
    })
    expect(made.status).toBe(200)
    const cookie = await signIn(server.url, 'mira', 'Mira-Pass-2026')
    expect((await send('PUT', '/emailTemplate/news', { body: own, cookie })).status).toBe(200)
    expect(await subjectOf('')).toEqual({ en: 'Notice' })
    expect(await subjectOf('?realm=/')).toEqual({ en: 'Notice' })
    expect(await subjectOf('?realm=/alpha')).toEqual({ en: 'Our own' })
  })
})

describe('a write is refused', () => {
  test.each([
    ['whose subject is no map', { subject: 'Notice' }, 'subject'],
    ['whose text is no text', { message: { en: 7 } }, 'message.en'],
  ])('%s', async (_what, change, field) => {
    const { status, body } = await send('PUT', '/emailTemplate/notice', { body: { ...template, ...change } })
    expect(status).toBe(400)
    expect(body.message).toContain(`${field}: `)
  })

  test.each([
    ['that should be new', { 'if-none-match': '*' }],
    ['of another revision', { 'if-match': '"0"' }],
  ])('%s', async (_what, headers) => {
    const sent = await send('PUT', '/emailTemplate/registration', { body: template, headers })
    expect(sent.status).toBe(412)
  })

  test.each(['GET', 'DELETE'])('%s of an unknown template answers 404', async (method) => {
    expect(await send(method, '/emailTemplate/missing')).toMatchObject({
      status: 404,
      body: { message: 'No configuration exists for id emailTemplate/missing' },
    })
  })
})

test('refuses callers without the access', async () => {
  const cookie = await signIn(server.url, 'alex', 'Alex-Pass-2026')
  for (const [method, path] of [
    ['GET', '?_queryFilter=true'],
    ['GET', '/emailTemplate/welcome'],
    ['PUT', '/emailTemplate/welcome'],
    ['DELETE', '/emailTemplate/welcome'],
  ] as const) {
    expect(
      (await send(method, path, { cookie, ...(method === 'PUT' ? { body: template } : {}) })).status,
    ).toBe(403)
  }
})
