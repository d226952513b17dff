import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { harBrowser } from '../support/browser-har.ts'
import { Browser } from '../support/browser-shims.ts'
import { agentSignsIn, deskOpens } from '../support/help-desk-play.ts'
import { recordingProject } from '../support/recorded-project.ts'
import { sdkClients } from '../support/sdk-clients.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { answerStep, authenticate, startJourney } from '../support/wire.ts'

// A real server behind the proxy. The walks that come of it run in worlds of their own.

let server: TestServer

beforeAll(async () => {
  server = await startServer()
})

afterAll(() => server.stop())

/** Passwords of the samples. None of them may be written. */
const canaries = ['Alex-Pass-2026', 'Dana-Pass-2026', 'Not-The-Password-99']

test('writes what a vendor’s SDK does at the proxy, and the walk passes', async () => {
  const project = recordingProject()
  const browser = new Browser()
  const isGood = await project.through(server.url, 'Login', async (url) => {
    browser.install()
    try {
      const sdk = await sdkClients['javascript-sdk'](url, 'alpha')
      let step = await sdk.start('Login')
      for (const password of ['Not-The-Password-99', 'Alex-Pass-2026']) {
        if (step.type !== 'Step') throw new Error(`expected a page, got ${step.type}`)
        for (const callback of step.callbacks) {
          if (callback.getType() === 'NameCallback') callback.setInputValue('alex')
          if (callback.getType() === 'PasswordCallback') callback.setInputValue(password)
        }
        step = await sdk.next(step)
      }
      expect(step.type).toBe('LoginSuccess')
    } finally {
      browser.uninstall()
    }
  })
  expect(isGood).toBe(true)
  expect(project.written()).toContain(`- { answer: { NameCallback: alex, PasswordCallback: wrong } }
      - { answer: { NameCallback: alex, PasswordCallback: "\${alex.password}" } }
    ends: { success: { person: alex } }`)
  const { status, output } = await project.test()
  expect(output).toContain('1 walk: 1 passed')
  expect(status).toBe(0)
  expect(canaries.filter((each) => `${project.written()} ${output}`.includes(each))).toEqual([])
})

test('writes an agent and a caller as one walk, with the link of the live feed', async () => {
  const project = recordingProject()
  const secrets: string[] = []
  await project.through(server.url, 'HelpDesk', async (url) => {
    const session = await agentSignsIn(url)
    const { page, link, id } = await deskOpens(url, session)
    expect(new URL(link).origin).toBe(new URL(url).origin)
    secrets.push(session, id, String(page.body.authId))
    const opened = await authenticate(url, { query: `${new URL(link).search}&ForceAuth=true` })
    await answerStep(url, opened, ['Alex-Pass-2026'])
    const headers = { iplanetdirectorypro: session, prefer: 'wait=20' }
    const told = await answerStep(url, page, [], { headers })
    await answerStep(url, told, [], { headers })
  })
  expect(project.written()).toContain('caller: { transactionOf: agent }')
  expect(project.written()).toContain(
    `- { caller: { answer: { PasswordCallback: "\${alex.password}" }, ends: success } }`,
  )
  const { status, output } = await project.test()
  expect(output).toContain('1 walk: 1 passed')
  expect(status).toBe(0)
  expect(secrets).toHaveLength(3)
  const all = `${project.written()} ${output}`
  expect([...canaries, ...secrets].filter((each) => all.includes(each))).toEqual([])
})

test('writes a conversation that nobody ended, and says what else was used', async () => {
  const project = recordingProject()
  await project.through(server.url, 'Login', async (url) => {
    await startJourney(url, 'Login')
    const page = await startJourney(url, 'Login')
    await answerStep(url, page, ['alex', 'Not-The-Password-99'])
    await startJourney(url, 'Greeting')
  })
  expect(project.written()).toContain('goes on after')
  expect(project.written().match(/- it:/g)).toHaveLength(1)
  const other = recordingProject()
  const isGood = await other.through(server.url, 'Login', async (url) => {
    await startJourney(url, 'Greeting')
  })
  expect(isGood).toBe(false)
  expect(other.output()).toContain('no client used the journey Login. Others were used: Greeting.')
})

test('forwards to the given server only, and refuses requests for another host', async () => {
  const project = recordingProject()
  await project.through(server.url, 'Login', async (url) => {
    const { port } = new URL(url)
    const raw = async (path: string, host = `127.0.0.1:${port}`) => {
      const { request } = await import('node:http')
      const asked = request({ host: '127.0.0.1', port, path, headers: { host } })
      asked.end()
      const [answer] = await once(asked, 'response')
      answer.resume()
      return answer.statusCode
    }
    expect(await raw('http://169.254.169.254/latest')).toBe(400)
    expect(await raw('//169.254.169.254/latest')).toBe(400)
    expect(await raw(String.raw`/\169.254.169.254/latest`)).toBe(400)
    expect(await raw('/am/json/serverinfo/*', 'rebound.example')).toBe(421)
    expect(await raw('/am/json/serverinfo/*')).toBe(200)
  })
})

test('refuses targets that are marked as production, by name and by address', async () => {
  const project = recordingProject()
  writeFileSync(
    join(project.folder, 'sidegate.yaml'),
    'configuration: alpha\ntargets: { live: { url: "https://am.example/am", production: true } }\n',
  )
  for (const target of ['live', 'https://am.example/am', 'https://AM.example:443/other']) {
    await expect(project.run('Login', '--at', target)).rejects.toThrow("'live' is marked as production")
  }
})

test('says that the server is gone, and that requests are too large', async () => {
  const project = recordingProject()
  const gone = createServer((_incoming, outgoing) => outgoing.socket?.destroy()).listen(0, '127.0.0.1')
  await once(gone, 'listening')
  const address = gone.address()
  const at = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/am`
  await project.through(at, 'Login', async (url) => {
    const path = `${url}/json/realms/root/realms/alpha/authenticate`
    const answer = await fetch(path, { method: 'POST', body: '{}' })
    expect(answer.status).toBe(502)
    const large = await fetch(path, { method: 'POST', body: 'x'.repeat(5 * 1024 * 1024) }).catch(
      () => undefined,
    )
    expect(large?.status ?? 413).toBe(413)
  })
  gone.close()
  expect(project.output()).toContain('did not answer a request (ECONNRESET)')
  expect(project.output()).toContain('larger than 4 MB')
})

test.each(['chrome', 'firefox'] as const)('reads a HAR file of %s', async (shape) => {
  const project = recordingProject()
  const browser = harBrowser(shape)
  await browser.during(async () => {
    const page = await startJourney(server.url, 'Login')
    await answerStep(server.url, page, ['alex', 'Alex-Pass-2026'])
  })
  const file = join(project.folder, 'session.har')
  writeFileSync(file, browser.text())
  expect((await project.run('Login', '--har', file)).isGood).toBe(true)
  expect((await project.test()).output).toContain('1 walk: 1 passed')
  expect(canaries.filter((each) => project.written().includes(each))).toEqual([])
})

test('says what a HAR file lacks, without repeating its content', async () => {
  const project = recordingProject()
  const file = join(project.folder, 'session.har')
  const startedDateTime = '2026-01-01T08:00:00.000Z'
  const url = `${server.url}/json/realms/root/realms/alpha/authenticate`
  const entry = {
    startedDateTime,
    request: { method: 'POST', url, headers: [] },
    response: { status: 200, headers: [], content: {} },
  }
  writeFileSync(file, JSON.stringify({ log: { entries: [entry] } }))
  expect((await project.run('Login', '--har', file)).output).toContain('1 requests have no readable bodies')
  writeFileSync(
    file,
    JSON.stringify({ log: { entries: [{ ...entry, request: { method: 'POST', url: 7 } }] } }),
  )
  await expect(project.run('Login', '--har', file)).rejects.toThrow('log.entries[0].request.url')
  writeFileSync(file, '{"log":\n{"password":"Alex-Pass-2026",]')
  const broken = await project.run('Login', '--har', file).catch((error: Error) => error.message)
  expect(broken).toContain(':2: is not JSON here')
  expect(broken).not.toContain('Alex-Pass-2026')
})

test('writes paths from log events, which are reported as not finished', async () => {
  const project = recordingProject()
  const event = (eventName: string, info: object, more: object = {}) => ({
    payload: {
      eventName,
      timestamp: '2026-01-01T08:00:00Z',
      realm: '/alpha',
      trackingIds: ['canary-id'],
      entries: [{ info }],
      ...more,
    },
  })
  const node = (displayName: string, nodeOutcome: string) =>
    event('AM-NODE-LOGIN-COMPLETED', { treeName: 'Login', displayName, nodeOutcome, nodeId: 'x' })
  const events = [
    node('Sign In', 'outcome'),
    node('Check Password', 'TRUE'),
    node('Count Sign-in', 'outcome'),
    event(
      'AM-TREE-LOGIN-COMPLETED',
      { treeName: 'Login' },
      { result: 'SUCCESSFUL', principal: ['canary-person'] },
    ),
  ]
  const file = join(project.folder, 'events.log')
  for (const text of [
    JSON.stringify({ result: events }),
    events.map((each) => JSON.stringify(each)).join('\n'),
  ]) {
    writeFileSync(file, text)
    expect((await project.run('Login', '--from-logs', file)).isGood).toBe(true)
  }
  expect(project.written()).toContain(
    'path: [ Sign In → outcome, Check Password → TRUE, Count Sign-in → outcome ]',
  )
  expect(project.written()).not.toContain('canary')
  const { status, output } = await project.test()
  expect(output).toContain('not finished: replace TODO by the answer to Sign In')
  expect(output).toMatch(/Login\.recorded\.walk\.yaml:6/)
  expect(status).toBe(2)
  writeFileSync(file, '{"eventName":\nAlex-Pass-2026')
  await expect(project.run('Login', '--from-logs', file)).rejects.toThrow('events.log:1: is not JSON')
})
