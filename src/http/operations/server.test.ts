import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { freePort, startMailServer } from '../../../test/support/mail-server.ts'
import { adminPassword, startServer, type TestServer } from '../../../test/support/start-server.ts'
import { signIn } from '../../../test/support/wire.ts'

let server: TestServer
let mailServer: Awaited<ReturnType<typeof startMailServer>>
let token: string
beforeAll(async () => {
  mailServer = await startMailServer({ refuse: (to) => (to.startsWith('gone') ? 550 : undefined) })
  server = await startServer({
    smtpUrl: `smtp://HUSH-user:right@127.0.0.1:${mailServer.port}`,
    metricsPassword: 'HUSH-metrics-password',
  })
  token = await signIn(server.url, 'amadmin', adminPassword, '/')
})
afterAll(async () => {
  await server.stop()
  await mailServer.stop()
})

async function send(method: string, path: string, body?: unknown, session = token, url = server.url) {
  const answer = await fetch(`${url}/json/global-config/server${path}`, {
    method,
    headers: { cookie: `iPlanetDirectoryPro=${session}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, text, body: JSON.parse(text) }
}
const testMail = (to: unknown, session?: string) => send('POST', '?_action=testMail', { to }, session)

describe('the server page', () => {
  test('has settings, versions and health, and no secret', async () => {
    const { status, text, body } = await send('GET', '')
    expect(status).toBe(200)
    expect(text).not.toContain('HUSH')
    expect(text).not.toContain(adminPassword)
    expect(body.health).toMatchObject({
      database: {
        kind: expect.stringMatching(/sqlite|postgresql/),
        version: expect.stringMatching(/^\d+\./),
      },
      node: process.version.slice(1),
      cleanup: { doneAt: null, failedAt: null, everyMinutes: 10 },
      feeds: { used: 0, max: 20_000 },
    })
  })

  test('warns of sample people with the published password', async () => {
    const advice = [{ kind: 'danger', text: expect.stringContaining('published password') }]
    await vi.waitFor(async () => expect((await send('GET', '')).body.advice).toEqual(advice), 10_000)
  })

  test('is for root administrators only', async () => {
    const agent = await signIn(server.url, 'dana', 'Dana-Pass-2026')
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/outbox'],
      ['POST', '?_action=testMail'],
      ['POST', '/outbox/mail/some?_action=discard'],
    ] as const) {
      const body = method === 'POST' ? { to: 'x@example.com' } : undefined
      expect((await send(method, path, body, agent)).status).toBe(403)
      expect((await send(method, path, body, '')).status).toBe(401)
    }
  })
})

describe('a test email', () => {
  test('arrives, and the answer says so', async () => {
    const { body } = await testMail('erin@example.com')
    expect(body).toMatchObject({ verdict: 'accepted', status: null })
    expect(await mailServer.arrived(1)).toMatchObject({
      to: ['erin@example.com'],
      subject: 'Test email from Sidegate',
    })
  })

  test('has a fixed text, whatever else is in the request', async () => {
    const more = {
      subject: 'Buy this',
      body: 'Buy this',
      text: 'Buy this',
      from: 'eve@example.com',
      cc: 'eve@example.com',
    }
    const { status } = await send('POST', '?_action=testMail', { ...more, to: 'erin@example.com' })
    expect(status).toBe(200)
    const arrived = await mailServer.arrived(2)
    expect(arrived).toMatchObject({
      to: ['erin@example.com'],
      body: expect.stringContaining('nothing to do'),
    })
    expect(JSON.stringify(arrived)).not.toMatch(/Buy|eve/)
  })

  test('that is refused says so without the words of the mail server', async () => {
    const { body, text } = await testMail('gone@example.com')
    expect(body).toMatchObject({ verdict: 'recipient', status: 550 })
    expect(text).not.toContain('no mailbox')
  })

  test.each([
    'erin@example.com\r\nBcc: all@example.com',
    'erin@example.com, eve@example.com',
    'Erin <erin@example.com>',
    'erin',
    '',
    7,
    null,
  ])('goes to one address only: %o', async (to) => {
    const { status, body } = await testMail(to)
    expect(status).toBe(400)
    expect(body.message).toMatch(/^to: must be/)
  })

  test('leaves an audit entry without the address', async () => {
    const read = await fetch(`${server.url}/json/audit?_queryFilter=true&_pageSize=50`, {
      headers: { cookie: `iPlanetDirectoryPro=${token}` },
    })
    const text = await read.text()
    expect(text).toContain('testMail')
    expect(text).not.toContain('erin@example.com')
    expect(server.logged()).not.toContain('erin@example.com')
  })

  test('can be sent ten times in an hour', async () => {
    const answers = []
    for (let sent = 0; sent < 10; sent++) answers.push((await testMail('erin@example.com')).status)
    expect(answers).toContain(429)
    expect(answers.at(-1)).toBe(429)
    expect(answers.filter((status) => status === 200)).toHaveLength(7)
  })
})

describe('a test of an email template', () => {
  const alphas = 'realms/root/realms/alpha/realm-config/email-templates'
  async function post(path: string, session: string, body: unknown, root = `${server.url}/json`) {
    const answer = await fetch(`${root}/${path}`, {
      method: 'POST',
      headers: { cookie: `iPlanetDirectoryPro=${session}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { status: answer.status, body: JSON.parse(await answer.text()) }
  }

  test('goes to the own address only, in the chosen language and filled in', async () => {
    const people = `${server.url.replace(/\/am$/, '')}/openidm/managed`
    await post(
      'alpha_user/aa1c497b-09de-4eb9-95a0-d1981e9604eb?_action=setRoles',
      token,
      { roles: ['journey-author'] },
      people,
    )
    const dana = await signIn(server.url, 'dana', 'Dana-Pass-2026')
    const before = mailServer.mails.length
    const sent = await post(`${alphas}/welcome?_action=test`, dana, { locale: 'de', to: 'eve@example.com' })
    expect(sent).toMatchObject({ status: 200, body: { verdict: 'accepted' } })
    const mail = await mailServer.arrived(before + 1)
    expect(mail.to).toEqual(['dana@example.com'])
    expect(mail.body).toContain('Dana')
    expect(JSON.stringify(mail)).not.toContain('eve@')
    expect((await post(`${alphas}/none?_action=test`, dana, { locale: 'de' })).status).toBe(404)
    expect((await post(`${alphas}/welcome?_action=test`, dana, { locale: 7 })).status).toBe(400)
    expect((await post(`${alphas}/welcome?_action=test`, '', { locale: 'de' })).status).toBe(401)
    // This administrator has no address.
    expect(await post(`${alphas}/welcome?_action=test`, token, { locale: 'de' })).toMatchObject({
      status: 400,
      body: { message: 'Your account has no email address' },
    })
    const many = await Promise.all(
      Array.from({ length: 10 }, () => post(`${alphas}/welcome?_action=test`, dana, { locale: 'de' })),
    )
    expect(many.filter(({ status }) => status === 429)).toHaveLength(1)
  })
})

describe('a test email says what is wrong', () => {
  test.each([
    ['no mail server is set', async () => undefined, 'notSet'],
    ['nobody listens', async () => `smtp://127.0.0.1:${await freePort()}`, 'unreachable'],
    ['the password is wrong', async () => `smtp://user:wrong@127.0.0.1:${mailServer.port}`, 'credentials'],
    ['the port does not speak TLS', async () => `smtps://127.0.0.1:${mailServer.port}`, 'encryption'],
  ])('if %s', async (_case, urlOf, verdict) => {
    const smtpUrl = await urlOf()
    const other = await startServer({ smtpUrl })
    try {
      const session = await signIn(other.url, 'amadmin', adminPassword, '/')
      const { body } = await send('POST', '?_action=testMail', { to: 'erin@example.com' }, session, other.url)
      expect(body).toMatchObject({ verdict, message: expect.any(String) })
      expect(JSON.stringify(body)).not.toContain('wrong@')
    } finally {
      await other.stop()
    }
  })
})
