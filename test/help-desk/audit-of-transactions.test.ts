import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  backchannel,
  newBackchannelToken,
  openTransaction,
  turnOffPause,
} from '../support/backchannel-client.ts'
import { agentSignsIn, callerOpens, callerSignsIn, deskOpens } from '../support/help-desk-play.ts'
import { credentials } from '../support/oauth-server.ts'
import { type Ask, asking, audited, type RestReply } from '../support/rest.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { answerStep, signIn } from '../support/wire.ts'

let server: TestServer
let url: string
let ask: Ask

beforeAll(async () => {
  server = await startServer()
  url = server.url
  await turnOffPause(url)
  ask = asking(url, await signIn(url, 'amadmin', adminPassword, '/'))
  await turnOffPause(url)
})
afterAll(() => server.stop())

/** Audit entries that match the query, oldest first. */
const entriesOf = async (query: string): Promise<RestReply['body'][]> =>
  (await audited(ask, query)).toReversed()
const namesIn = (entries: { eventName: string }[]) => entries.map(({ eventName }) => eventName)

describe('a check of a help desk', () => {
  test('is recorded from its opening to its end, under its tracking id and its ticket', async () => {
    const session = await agentSignsIn(url)
    const { id, page } = await deskOpens(url, session)
    await callerSignsIn(url, id)
    const headers = { iplanetdirectorypro: session, prefer: 'wait=20' }
    for (let answer = page; answer.body.authId !== undefined; )
      answer = await answerStep(url, answer, [], { headers })
    const [opened] = await entriesOf('ticket=INC-48213')
    expect(opened).toMatchObject({
      eventName: 'AM-BACK-CHANNEL-INITIALIZE',
      who: { name: 'dana', realm: '/alpha' },
      whom: { name: 'alex', realm: '/alpha' },
      ticket: 'INC-48213',
      journey: 'HelpDesk',
      what: { kind: 'transaction', operation: 'CREATE', name: 'VerifyCaller' },
      trackingIds: [expect.stringMatching(/^[0-9a-f-]{36}$/)],
    })
    const entries = await entriesOf(`transaction=${opened.trackingIds[0]}`)
    expect(namesIn(entries)).toEqual([
      'AM-BACK-CHANNEL-INITIALIZE',
      'AM-TREE-LOGIN-STARTED',
      'AM-SESSION-CREATED',
      'SIDEGATE-TRANSACTION-COMPLETED',
      'AM-TREE-LOGIN-COMPLETED',
    ])
    expect(entries[3]).toMatchObject({ result: 'SUCCESSFUL', who: { name: 'alex' }, whom: { name: 'alex' } })
    const ends = await entriesOf('event=AM-TREE-LOGIN-COMPLETED')
    expect(ends.at(-1)).toMatchObject({ journey: 'HelpDesk', who: { name: 'dana' }, whom: { name: 'alex' } })
    const everything = JSON.stringify(await entriesOf('_pageSize=500'))
    expect(everything).not.toContain(id)
  })

  test('leaves an entry for each code, for the use of its result and for a late "this is not me"', async () => {
    const as = await agentSignsIn(url)
    const what = { action: 'Unlock the account', ticket: 'INC-51' }
    const { id, reference } = await deskOpens(url, as, { journey: 'VerifyWithCode', what })
    const check = `/realms/root/realms/alpha/help-desk/verifications/${reference}`
    const { code } = (await ask(check, { as })).body.verification
    const question = await answerStep(url, await callerOpens(url, id), [0])
    const again = await answerStep(url, question, [code === '111111' ? '222222' : '111111'])
    await answerStep(url, await answerStep(url, again, [code]), ['Alex-Pass-2026'])
    expect((await ask(`${check}?_action=use`, { method: 'POST', body: {}, as })).status).toBe(200)
    await backchannel(url, 'reject', { transaction: id })
    const [opened] = await entriesOf('ticket=INC-51')
    const entries = await entriesOf(`transaction=${opened.trackingIds[0]}`)
    const codes = entries.filter(({ eventName }) => eventName === 'SIDEGATE-VERIFICATION-CODE')
    expect(codes.map(({ result }) => result)).toEqual(['FAILED', 'SUCCESSFUL'])
    const used = entries.find(({ eventName }) => eventName === 'SIDEGATE-VERIFICATION-USED')
    expect(used).toMatchObject({ result: 'SUCCESSFUL', who: { name: 'dana' }, whom: { name: 'alex' } })
    expect(namesIn(entries)).toContain('SIDEGATE-TRANSACTION-REJECTED')
    expect(JSON.stringify(entries)).not.toContain(code)
    const about = { reference, action: what.action, ticket: what.ticket }
    expect(entries).toEqual(entries.map((entry) => ({ ...entry, ...about })))
    expect(await entriesOf(`transaction=${reference.toLowerCase()}`)).toEqual(entries)
  })
})

describe('a transaction of a client', () => {
  test('is recorded with the client, the tracking id of the opener and the wrong person who signed in', async () => {
    const token = await newBackchannelToken(url)
    const trackingId = 'their-tracking-id'
    const id = await openTransaction(url, token, {
      value: 'Login',
      trackingId,
      subject: { type: 'user', name: 'dana' },
      data: { ticket: ['INC-7'] },
    })
    await answerStep(url, await callerOpens(url, id), ['alex', 'Alex-Pass-2026'])
    const entries = await entriesOf(`transaction=${trackingId}`)
    expect(entries[0]).toMatchObject({
      eventName: 'AM-BACK-CHANNEL-INITIALIZE',
      who: { id: credentials.client_id },
      whom: { name: 'dana' },
      ticket: 'INC-7',
    })
    expect(namesIn(entries)).toContain('SIDEGATE-TRANSACTION-WRONG-PERSON')
    const wrong = entries.find(({ eventName }) => eventName === 'SIDEGATE-TRANSACTION-WRONG-PERSON')
    expect(wrong).toMatchObject({ result: 'FAILED', whom: { name: 'dana' } })
    expect(wrong.who.id).not.toBe(wrong.whom.id)
    expect(namesIn(entries)).not.toContain('SIDEGATE-TRANSACTION-COMPLETED')
  })

  test('is recorded as failed when it is denied', async () => {
    const token = await newBackchannelToken(url)
    const id = await openTransaction(url, token, { trackingId: 'once', allowRetry: false })
    await callerSignsIn(url, id, 'wrong')
    const entries = await entriesOf('transaction=once')
    expect(entries.at(-2)).toMatchObject({ eventName: 'SIDEGATE-TRANSACTION-COMPLETED', result: 'FAILED' })
    const info = await backchannel(url, 'info', { transaction: id }, { token })
    expect(info.body).toMatchObject({ state: 'COMPLETED', result: 'DENIED' })
  })
})
