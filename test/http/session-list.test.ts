import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { authenticate, signIn } from '../support/wire.ts'

const alexId = 'ac6c7d3f-bb79-445f-8726-c3b6bda5b290'
const password = 'Alex-Pass-2026'
const alpha = '/realms/root/realms/alpha'
const root = '/realms/root'

type Listed = { sessionHandle: string; username: string; isOwn: boolean } & Record<string, unknown>

let server: TestServer
let url: string
let admin: string
let token: string

beforeAll(async () => {
  server = await startServer()
  url = server.url
  admin = await signIn(url, 'amadmin', adminPassword, '/')
  token = await signIn(url, 'alex', password)
  await signIn(url, 'alex', password)
})
afterAll(() => server.stop())

async function list(query: string, { realm = alpha, as = admin } = {}) {
  const response = await fetch(`${url}/json${realm}/sessions?${query}`, {
    headers: { iplanetdirectorypro: as },
  })
  const text = await response.text()
  return { status: response.status, text, body: JSON.parse(text) }
}

async function found(query: string, realm = alpha): Promise<Listed[]> {
  const { status, body } = await list(query, { realm })
  expect(status).toBe(200)
  return body.result
}

async function act(action: string, body: unknown, as = admin) {
  const response = await fetch(`${url}/json${alpha}/sessions?_action=${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', iplanetdirectorypro: as },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: await response.json() }
}

const filter = (text: string) => `_queryFilter=${encodeURIComponent(text)}`

describe('sessions', () => {
  test('of a person are found by name or id, newest first, in the vendor’s format', async () => {
    const sessions = await found(filter('username eq "alex" and realm eq "/alpha"'), root)
    expect(sessions).toHaveLength(2)
    expect(sessions[0]).toEqual({
      username: 'alex',
      universalId: `id=${alexId},ou=user,o=alpha,ou=services,ou=am-config`,
      realm: '/alpha',
      sessionHandle: expect.stringMatching(/^shandle:/),
      latestAccessTime: expect.stringMatching(/Z$/),
      maxIdleExpirationTime: expect.stringMatching(/Z$/),
      maxSessionExpirationTime: expect.stringMatching(/Z$/),
      createdTime: expect.stringMatching(/Z$/),
      userId: alexId,
      journey: 'Login',
      authLevel: 0,
      isOwn: false,
      browser: '',
      address: '127.0.0.1',
    })
    expect(await found(filter(`username eq "${alexId}"`))).toEqual(sessions)
  })

  test('of a realm are paged, and the administrator’s own is marked', async () => {
    const [own] = (await found('_queryFilter=true', root)).filter(({ isOwn }) => isOwn)
    expect(own).toMatchObject({ username: 'amadmin', realm: '/' })
    const first = (await list(`${filter('true')}&_pageSize=1`)).body
    expect(first.resultCount).toBe(1)
    const rest = await found(`${filter('realm eq "/alpha"')}&_pagedResultsCookie=${first.pagedResultsCookie}`)
    expect([...first.result, ...rest]).toEqual(await found('_queryFilter=true'))
  })

  test('never contain tokens', async () => {
    const { text } = await list('_queryFilter=true')
    expect(text).not.toContain(token)
    expect(text).not.toContain('tokenHash')
  })

  test.each([
    ['username eq "unknown"', alpha],
    ['username eq "alex" and realm eq "/beta"', alpha],
    ['username eq "alex"', root],
  ])('for %s in %s are empty', async (text, realm) => {
    expect(await found(filter(text), realm)).toEqual([])
  })

  test.each([
    'username sw "a"',
    'username eq "alex" or realm eq "/"',
    'false',
    'colour eq "red"',
    'username eq',
  ])('can’t be found by %s', async (text) => {
    expect((await list(filter(text))).status).toBe(400)
  })

  test('are for administrators', async () => {
    expect((await list('_queryFilter=true', { as: token })).status).toBe(403)
    expect((await list('_queryFilter=true&_pagedResultsCookie=x')).status).toBe(400)
  })
})

describe('an administrator', () => {
  test('ends a session by its handle, which is audited', async () => {
    const [newest] = await found(filter('username eq "alex"'))
    const handle = newest?.sessionHandle ?? ''
    const { body } = await act('logoutByHandle', { sessionHandles: [handle, 'shandle:none'] })
    expect(body).toEqual({ result: { [handle]: true, 'shandle:none': false } })
    const left = await found(filter('username eq "alex"'))
    expect(left.map(({ sessionHandle }) => sessionHandle)).not.toContain(handle)
    expect(await newestEntry()).toMatchObject({
      who: { name: 'amadmin' },
      whom: { id: alexId, name: 'alex', realm: '/alpha' },
      result: 'SUCCESSFUL',
      count: 1,
    })
  })

  test('ends all sessions of a person, which is audited', async () => {
    await signIn(url, 'alex', password)
    expect((await act('logoutByUser', { username: 'alex' })).body).toEqual({ result: true })
    expect(await found(filter('username eq "alex"'))).toEqual([])
    expect(await newestEntry()).toMatchObject({ whom: { name: 'alex' }, count: 2 })
  })

  test('alone can end sessions of others', async () => {
    const [alex, dana] = [await signIn(url, 'alex', password), await signIn(url, 'dana', 'Dana-Pass-2026')]
    const [session] = await found(filter('username eq "dana"'))
    const handle = session?.sessionHandle ?? ''
    expect((await act('logoutByHandle', { sessionHandles: [handle] }, alex)).body.result).toEqual({
      [handle]: false,
    })
    expect((await act('logoutByUser', { username: 'dana' }, alex)).status).toBe(403)
    expect((await act('logoutByUser', { username: 'dana' }, dana)).body).toEqual({ result: true })
  })
})

/** The newest audit entry about the end of a session. */
async function newestEntry() {
  const headers = { iplanetdirectorypro: admin }
  const waiting = async () =>
    (await (await fetch(`${url}/json/global-config/audit`, { headers })).json()).waiting
  await expect.poll(waiting).toBe(0)
  const answer = await fetch(`${url}/json${alpha}/audit?event=AM-SESSION-DESTROYED`, { headers })
  return (await answer.json()).result[0]
}

describe('a person', () => {
  const own = async (id: string, { realm = alpha, as = token } = {}) => {
    const headers = { ...(as && { iplanetdirectorypro: as }), 'user-agent': 'Firefox/140.0' }
    const response = await fetch(`${url}/json${realm}/users/${id}/sessions`, { headers })
    return { status: response.status, result: (await response.json()).result as Listed[] }
  }

  test('lists the own sessions, newest first, with browser and address', async () => {
    const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' }
    const zeroPage = { 'x-openam-username': 'alex', 'x-openam-password': password }
    const newest = await authenticate(url, { headers: { ...headers, ...zeroPage } })
    const { status, result } = await own(alexId, { as: String(newest.body.tokenId) })
    expect(status).toBe(200)
    expect(result[0]).toMatchObject({
      username: 'alex',
      isOwn: true,
      browser: 'Firefox · Linux',
      address: '127.0.0.1',
    })
    expect(result.filter(({ isOwn }) => isOwn)).toHaveLength(1)
    expect(result.every(({ username }) => username === 'alex')).toBe(true)
  })

  test('sees no sessions of others, not even as an administrator or by another realm', async () => {
    const alex = await signIn(url, 'alex', password)
    const dana = await signIn(url, 'dana', 'Dana-Pass-2026')
    expect((await own(alexId, { as: dana })).status).toBe(403)
    expect((await own(alexId, { as: admin })).status).toBe(403)
    expect((await own(alexId, { realm: root, as: alex })).status).toBe(403)
    expect((await own('unknown', { as: alex })).status).toBe(403)
    expect((await own(alexId, { as: '' })).status).toBe(401)
  })
})
