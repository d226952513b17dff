import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStores } from '../../src/store/stores.ts'
import { kindOf } from '../support/feed-reader.ts'
import {
  agentOpens,
  agentWaits,
  agentWatches,
  callerEnters,
  callerOpens,
  letAnyoneStartChecks,
  linkOf,
  message,
} from '../support/help-desk-play.ts'
import { startMailServer } from '../support/mail-server.ts'
import { asSuperuser } from '../support/postgres-databases.ts'
import { saveJourney } from '../support/prepared-folder.ts'
import { asking } from '../support/rest.ts'
import { type ServerGroup, startGroup } from '../support/server-group.ts'
import { adminPassword, startServer } from '../support/start-server.ts'
import { answerStep, signIn, startJourney, stepOf } from '../support/wire.ts'

const trees = '/realms/root/realms/alpha/realm-config/authentication/authenticationtrees/trees'

let group: ServerGroup
/** The address of the next server, in turn: every request of a test goes to another one. */
let next: () => string

beforeAll(async () => {
  group = await startGroup(3, (stores) =>
    saveJourney(stores, 'Greet', {
      ask: { type: 'UsernameCollectorNode', to: { outcome: 'greet' } },
      greet: { type: 'EmailTemplateNode', to: { EMAIL_SENT: 'success', EMAIL_NOT_SENT: 'failure' } },
    }),
  )
  next = () => group.next().url
  await letAnyoneStartChecks(next())
})
afterAll(() => group.stop())

describe('three servers on one database', () => {
  test('that start at once on an empty database create its initial data once', async () => {
    const { servers } = group
    for (const { url } of servers) {
      const ask = asking(url, await signIn(url, 'amadmin', adminPassword, '/'))
      const { body } = await ask('/global-config/realms?_queryFilter=true')
      expect(body.result.map(({ name }: { name: string }) => name).toSorted()).toEqual(['/', 'alpha'])
      const people = await ask('/openidm/managed/alpha_user?_queryFilter=userName+eq+"alex"')
      expect(people.body.result).toHaveLength(1)
    }
  })

  test('play the sample with every request at another server, and events arrive in order', async () => {
    const page = await agentOpens(next())
    const { id } = await linkOf(next(), page)
    const feed = await agentWatches(next(), page)
    await feed.first(1)
    const entered = await callerEnters(next(), await callerOpens(next(), id))
    expect(entered.status).toBe(200)
    const ended = await agentWaits(next(), page)
    expect(ended.body.tokenId ?? message(ended)).toBeDefined()
    const events = await feed.all()
    const numbers = events.map((event) => Number(event.id))
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(events.at(-1)?.data).toMatchObject({ state: 'COMPLETED', result: 'APPROVED' })
    expect(events.map(kindOf)[0]).toBe('snapshot')
  })

  test('accept one of the concurrent completions of a transaction on all servers', async () => {
    const { id } = await linkOf(next(), await agentOpens(next()))
    const pages = await Promise.all(group.servers.map(({ url }) => callerOpens(url, id)))
    const ends = await Promise.all(pages.map((page) => callerEnters(next(), page)))
    expect(ends.map(({ status }) => status).toSorted()).toEqual([200, 401, 401])
  })

  test('give the same answer to a concurrent step, which runs once', async () => {
    const page = await startJourney(next(), 'Login')
    const answers = await Promise.all(
      group.servers.map(({ url }) => answerStep(url, page, ['alex', 'Alex-Pass-2026'])),
    )
    // The same session token means that it was created once.
    expect(new Set(answers.map(({ body }) => body.tokenId)).size).toBe(1)
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  })

  test('save each of many concurrent sign-ins of one person', async () => {
    const one = group.servers[0]?.url ?? ''
    const ask = asking(one, await signIn(one, 'amadmin', adminPassword, '/'))
    const query = '/openidm/managed/alpha_user?_queryFilter=userName+eq+"alex"'
    const count = async () => (await ask(query)).body.result[0].loginCount
    const before = await count()
    await Promise.all(Array.from({ length: 24 }, () => signIn(next(), 'alex', 'Alex-Pass-2026')))
    expect((await count()) - before).toBe(24)
  })

  test('run a journey as another server saved it', async () => {
    const [one, ...others] = group.servers
    const ask = asking(one?.url ?? '', await signIn(one?.url ?? '', 'amadmin', adminPassword, '/'))
    const { body: login } = await ask(`${trees}/Login`)
    const { _rev, ...tree } = login
    const save = (enabled: boolean) =>
      ask(`${trees}/Copied`, { method: 'PUT', body: { ...tree, _id: 'Copied', enabled } })
    const started = () => Promise.all(others.map(({ url }) => startJourney(url, 'Copied')))
    expect((await save(true)).status).toBe(201)
    for (const answer of await started()) expect(stepOf(answer).callbacks).not.toEqual([])
    expect((await save(false)).status).toBe(200)
    for (const { status } of await started()) expect(status).not.toBe(200)
  })

  test('see that another server disabled a realm', async () => {
    const [one, other] = group.servers.map(({ url }) => url)
    const ask = asking(one ?? '', await signIn(one ?? '', 'amadmin', adminPassword, '/'))
    const realm = { name: 'beta', parentPath: '/', active: true, aliases: [] }
    const { body } = await ask('/global-config/realms?_action=create', { method: 'POST', body: realm })
    const status = async () =>
      (await fetch(`${other}/json/realms/root/realms/beta/serverinfo/*`, { method: 'GET' })).status
    expect(await status()).toBe(200)
    await ask(`/global-config/realms/${body._id}`, { method: 'PUT', body: { ...realm, active: false } })
    await expect.poll(status).not.toBe(200)
  })
})

test('a notification that the database rejects leads to error, and the caller can sign in again', async () => {
  const { id } = await linkOf(next(), await agentOpens(next()))
  const page = await callerOpens(next(), id)
  await asSuperuser(async (client) => {
    await client.query(
      "create function refuse() returns trigger language plpgsql as $$ begin raise 'refused'; end $$",
    )
    await client.query(
      "create trigger refuse before insert on transaction_events for each row when (new.kind = 'notification') execute function refuse()",
    )
  }, group.url)
  const refused = await callerEnters(next(), page)
  await asSuperuser(async (client) => void (await client.query('drop function refuse() cascade')), group.url)
  expect(refused.status).toBe(401)
  expect((await callerEnters(next(), await callerOpens(next(), id))).status).toBe(200)
})

test('a waiting email is sent once by several servers', async () => {
  const mails = 12
  for (let i = 0; i < mails; i++) {
    const { status } = await answerStep(next(), await startJourney(next(), 'Greet'), ['alex'])
    expect(status).toBe(200)
  }
  const mail = await startMailServer()
  const dataFolder = group.servers[0]?.folder ?? ''
  const settings = { dataFolder, databaseUrl: group.url, smtpUrl: mail.url }
  const senders = await Promise.all([1, 2, 3].map(() => startServer(settings)))
  await mail.arrived(mails)
  // A server that stops first sends the emails that it had claimed.
  await Promise.all(senders.map((server) => server.stop()))
  expect(mail.mails).toHaveLength(mails)
  const stores = await openStores({ dataFolder, databaseUrl: group.url })
  expect(await stores.mails.count(['settings'])).toBe(0)
  await stores.close()
  await mail.stop()
})

test('a server with another key is rejected, because it can’t open the stored secrets', async () => {
  const masterKey = new Uint8Array(32).fill(7)
  const dataFolder = `${group.servers[0]?.folder}-other`
  const starting = startServer({ dataFolder, databaseUrl: group.url, masterKey })
  await expect(starting).rejects.toThrow(/written with another key/)
})
