import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest'
import { auditCommand } from '../../src/cli/audit-command.ts'
import { caller, callerOpens, letAnyoneStartChecks, linkOf, message } from '../support/help-desk-play.ts'
import { asSuperuser, type FreshDatabase, freshDatabase } from '../support/postgres-databases.ts'
import { RelyingParty } from '../support/relying-party.ts'
import { asking } from '../support/rest.ts'
import { ServerProcess } from '../support/server-process.ts'
import { adminPassword } from '../support/start-server.ts'
import { answerStep, signIn, startJourney, type WireAnswer } from '../support/wire.ts'

const nextRelease = pathToFileURL(join(import.meta.dirname, '..', 'support', 'next-release.ts')).href
const folder = mkdtempSync(join(tmpdir(), 'sidegate-rolling-'))
let database: FreshDatabase

/** The servers that get requests. */
const serving: ServerProcess[] = []
const leaving = new Set<ServerProcess>()
/** Answers that no client may get: errors other than a 503, and readiness lost while a server serves. */
const faults: string[] = []
/** Session tokens that clients got. */
const sessions: string[] = []

beforeAll(async () => {
  database = await freshDatabase()
})

afterAll(async () => {
  await Promise.all(serving.map((server) => server.kill()))
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

const ready = async (server: ServerProcess) => (await fetch(`${server.url}/json/health/ready`)).status

const environment = { SIDEGATE_STOP_DELAY_SECONDS: '1' }

/** The sources of this release, changed while they are loaded. */
const changedSources = {
  isFromSources: true,
  nodeOptions: ['--disable-warning=ExperimentalWarning', '--import', nextRelease],
  environment: { ...environment, NODE_DISABLE_COMPILE_CACHE: '1' },
}

/** Starts this release from its bundle, or the next one. */
async function joins(release: 'this' | 'next'): Promise<ServerProcess> {
  const settings = release === 'next' ? changedSources : { environment }
  const server = await ServerProcess.start(folder, { databaseUrl: database.url, ...settings })
  expect(await ready(server)).toBe(200)
  serving.push(server)
  return server
}

/** Ends a server as a process manager does. Requests go elsewhere as soon as it says that it isn't ready. */
async function leaves(server: ServerProcess): Promise<void> {
  const draining = server.waitForLog('shutting down')
  leaving.add(server)
  server.signal('SIGTERM')
  await draining
  serving.splice(serving.indexOf(server), 1)
  expect(await server.ended).toEqual([0, null])
}

/** Watches the readiness of all servers until the test is over. */
async function watchReadiness(isOver: () => boolean): Promise<void> {
  for (; !isOver(); await pause(100)) {
    for (const server of serving) {
      const status = await ready(server).catch(() => 'no answer')
      if (status !== 200 && !leaving.has(server)) faults.push(`ready: ${status}`)
    }
  }
}

/** Asks this server, and after a 503 or without an answer another one, as a client behind a proxy. */
async function ask<Answer extends { status: number }>(
  first: ServerProcess,
  send: (url: string) => Promise<Answer>,
): Promise<Answer> {
  for (let server = first; ; server = serving.find((other) => other !== server) ?? server) {
    const answer = await send(server.url).catch(() => undefined)
    if (answer !== undefined && answer.status !== 503) {
      if (answer.status >= 500) faults.push(`${answer.status} ${JSON.stringify(answer)}`)
      return answer
    }
    await pause(50)
  }
}

const answerAt = (server: ServerProcess, page: WireAnswer, values: string[]) =>
  ask(server, (url) => answerStep(url, page, values))

/** A sign-in at its password, a check that nobody has opened, and one that the caller has opened. */
async function begin(at: ServerProcess) {
  const login = await ask(at, (url) => startJourney(url, 'Login'))
  const unopened = await openCheck(at)
  const opened = await openCheck(at)
  const called = await ask(at, (url) => callerOpens(url, opened.id))
  return { login, unopened, opened: { ...opened, called } }
}

type Begun = Awaited<ReturnType<typeof begin>>

async function openCheck(at: ServerProcess) {
  const start = await ask(at, (url) => startJourney(url, 'HelpDesk'))
  const page = await answerAt(at, start, [caller.mail])
  return { page, ...(await linkOf(at.url, page)) }
}

async function finish(at: ServerProcess, { login, unopened, opened }: Begun): Promise<void> {
  const signedIn = await answerAt(at, login, [caller.userName, caller.password])
  keepSession(signedIn)
  const called = await ask(at, (url) => callerOpens(url, unopened.id))
  await complete(at, { ...unopened, called })
  await complete(at, opened)
}

/** The caller enters the password, and the agent's page shows the result. */
async function complete(at: ServerProcess, { page, called }: Begun['opened']): Promise<void> {
  keepSession(await answerAt(at, called, [caller.password]))
  let waiting = page
  while (waiting.body.callbacks?.some(({ type }) => type === 'PollingWaitCallback')) {
    const asked = waiting
    waiting = await ask(at, (url) => answerStep(url, asked, [], { headers: { prefer: 'wait=1' } }))
  }
  expect(message(waiting)).toBe('User successfully authenticated')
}

function keepSession({ status, body }: WireAnswer): void {
  expect({ status, body }).toMatchObject({ status: 200, body: { tokenId: expect.any(String) } })
  sessions.push(String(body.tokenId))
}

/** Begins at one server and goes on at another if there is one, over and over. */
async function play(isOver: () => boolean): Promise<void> {
  for (let turn = 0; !isOver(); turn++) {
    const at = () => serving[turn++ % serving.length] as ServerProcess
    const page = await ask(at(), (url) => startJourney(url, 'Login'))
    keepSession(await answerAt(at(), page, [caller.userName, caller.password]))
    await pause(100)
  }
}

/** An application that refreshes its tokens at each server in turn. */
class Application {
  #refreshToken = ''

  async starts(at: ServerProcess): Promise<void> {
    const application = new RelyingParty(at.url, 'web')
    await application.register()
    const session = await signIn(at.url, caller.userName, caller.password)
    this.#refreshToken = (await application.tokens(session)).refresh_token
  }

  async refreshes(at: ServerProcess): Promise<void> {
    const answer = await ask(at, (url) => new RelyingParty(url, 'web').refresh(this.#refreshToken))
    expect(answer).toMatchObject({ status: 200, body: { refresh_token: expect.any(String) } })
    this.#refreshToken = answer.body.refresh_token
    const seen = await ask(at, (url) => new RelyingParty(url, 'web').userinfo(answer.body.access_token))
    expect(seen.status).toBe(200)
  }
}

/** Requests to the servers from now until the returned function ends them. */
function putUnderLoad(): () => Promise<void> {
  let isOver = false
  const isDone = () => isOver
  const load = Promise.all([play(isDone), play(isDone), watchReadiness(isDone)])
  return async () => {
    isOver = true
    await load
  }
}

test('servers of this release and of the next share a database, and are replaced one by one in both directions', async () => {
  const application = new Application()

  let old = await joins('this')
  await letAnyoneStartChecks(old.url)
  await application.starts(old)
  const endLoad = putUnderLoad()
  onTestFailed(endLoad)
  const beforeUpgrade = await begin(old)

  const next = await joins('next')
  await finish(next, beforeUpgrade)
  await application.refreshes(next)
  const [atOld, atNext] = [await begin(old), await begin(next)]
  await finish(next, atOld)
  await finish(old, atNext)
  await application.refreshes(old)

  const beforeEnd = await begin(old)
  await leaves(old)
  await finish(next, beforeEnd)
  await application.refreshes(next)
  const beforeRollback = await begin(next)

  old = await joins('this')
  await finish(old, beforeRollback)
  await application.refreshes(old)
  const beforeLeaving = await begin(next)
  await leaves(next)
  await finish(old, beforeLeaving)
  await application.refreshes(old)
  await endLoad()

  expect(faults).toEqual([])
  await keepsEverySession(old)
  await auditsEverySession(old)
}, 240_000)

async function keepsEverySession({ url }: ServerProcess): Promise<void> {
  for (const token of sessions) {
    const ask = asking(url, token)
    const path = '/realms/root/realms/alpha/sessions?_action=getSessionInfo'
    expect(await ask(path, { method: 'POST' })).toMatchObject({ status: 200 })
  }
}

/** Each session is in the chain, which is unbroken, and both releases have written. */
async function auditsEverySession({ url }: ServerProcess): Promise<void> {
  const ask = asking(url, await signIn(url, 'amadmin', adminPassword, '/'))
  await expect.poll(async () => (await ask('/global-config/audit')).body.waiting).toBe(0)
  const printed: string[] = []
  const print = (text: string) => void printed.push(text)
  const environment = { SIDEGATE_URL: url, SIDEGATE_ADMIN_PASSWORD: adminPassword }
  expect(await auditCommand(['verify'], { print, warn: print, environment }), printed.join('\n')).toBe(true)
  await asSuperuser(async (client) => {
    const count = async (query: string) => Number((await client.query(query)).rows[0].count)
    const created = `select count(*) as count from audit_rows where realm = '/alpha' and content like '%AM-SESSION-CREATED%'`
    // The application's own sign-in is one more.
    expect(await count(created)).toBe(sessions.length + 1)
    const written = (mark: string) =>
      count(`select count(*) as count from journey_sessions where step > 1 and next_mark ${mark}`)
    expect(await written(`= 'next'`)).toBeGreaterThan(0)
    expect(await written('is null')).toBeGreaterThan(0)
  }, database.url)
}
