import { afterAll, beforeAll, expect, test } from 'vitest'
import { saveRealm } from '../../../test/support/prepared-folder.ts'
import { startPrepared } from '../../../test/support/prepared-server.ts'
import { type Ask, asking, audited } from '../../../test/support/rest.ts'
import { adminPassword, type TestServer } from '../../../test/support/start-server.ts'
import { signIn } from '../../../test/support/wire.ts'

const hour = 3_600_000
const now = Date.now()
const common = { realm: '/alpha', body: 'sealed content', createdAt: now, dueAt: now + hour }

let server: TestServer
let ask: Ask
beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    await saveRealm(stores, '/alpha')
    const mail = { ...common, route: 'settings', about: 'e•••h@larkfield.example' } as const
    await stores.mails.add({ ...mail, id: 'waits', attempts: 3, problem: 'EAUTH 535' })
    await stores.mails.add({ ...mail, id: 'sent now', attempts: 1 })
    await stores.messages.add({
      ...common,
      id: 'text',
      channel: 'sms',
      state: 'queued',
      tokenHash: 'hash',
      attempts: 1,
      problem: '503',
      about: '•••• 42',
      expiresAt: now + 2 * hour,
      transactionHash: undefined,
    })
  })
  ask = asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))
})
afterAll(() => server.stop())

const list = async () => (await ask('/global-config/server/outbox')).body
const act = (kind: string, id: string, action: string) =>
  ask(`/global-config/server/outbox/${kind}/${encodeURIComponent(id)}?_action=${action}`, {
    method: 'POST',
    body: {},
  })

test('the outbox lists masked recipients, states and errors, and no content', async () => {
  const body = await list()
  expect(body.result).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ _id: 'waits', state: 'retrying', problem: 'EAUTH 535', attempts: 3 }),
      expect.objectContaining({ _id: 'sent now', state: 'sending', about: 'e•••h@larkfield.example' }),
      expect.objectContaining({ _id: 'text', kind: 'message', channel: 'sms', about: '•••• 42' }),
    ]),
  )
  expect(JSON.stringify(body)).not.toMatch(/sealed|hash/)
})

test('an entry that is being sent can be neither sent nor discarded', async () => {
  expect((await act('mail', 'sent now', 'tryNow')).status).toBe(409)
  expect((await act('mail', 'sent now', 'discard')).status).toBe(409)
})

test('entries that wait can be discarded once, which their realm’s audit trail has', async () => {
  const { status, body } = await act('mail', 'waits', 'discard')
  expect(status).toBe(200)
  expect(body).toEqual({ _id: 'waits', realm: '/alpha', about: 'e•••h@larkfield.example' })
  const [entry] = await audited(ask, 'who=amadmin', '/realms/root/realms/alpha')
  expect(entry).toMatchObject({
    realm: '/alpha',
    result: 'SUCCESSFUL',
    who: { name: 'amadmin', realm: '/' },
    what: {
      kind: 'outboxEntry',
      id: 'waits',
      name: 'mail e•••h@larkfield.example',
      operation: 'ACTION',
      action: 'discard',
    },
  })
  expect((await act('mail', 'waits', 'discard')).status).toBe(409)
  expect((await act('message', 'text', 'discard')).status).toBe(200)
  expect((await list()).result).toEqual(
    expect.arrayContaining([expect.objectContaining({ _id: 'text', state: 'failed', problem: 'discarded' })]),
  )
})

test.each([
  ['constructor', 'waits', 404],
  ['call', 'unknown', 409],
])('%s %s answers %d', async (kind, id, status) => {
  expect((await act(kind, id, 'discard')).status).toBe(status)
})
