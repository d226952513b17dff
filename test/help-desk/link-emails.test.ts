import { afterAll, beforeAll, expect, test } from 'vitest'
import { exampleIdentity } from '../../src/store/contract/examples.ts'
import type { Stores } from '../../src/store/stores.ts'
import {
  backchannel,
  newBackchannelToken,
  openTransaction,
  signInAsAdministrator,
} from '../support/backchannel-client.ts'
import { FeedReader, kindOf } from '../support/feed-reader.ts'
import {
  agentOpens,
  agentSignsIn,
  agentWaits,
  callerOpens,
  callerSignsIn,
  deskOpens,
  letAnyoneStartChecks,
  linkOf,
} from '../support/help-desk-play.ts'
import { startMailServer } from '../support/mail-server.ts'
import { saveVariant } from '../support/prepared-folder.ts'
import { logLines, startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, authenticate, signIn, stepOf } from '../support/wire.ts'

const address = 'alex@example.com'
const alexId = 'ac6c7d3f-bb79-445f-8726-c3b6bda5b290'
const masked = 'a•••x@example.com'

let mail: Awaited<ReturnType<typeof startMailServer>>
let server: TestServer
let url: string
let token: string
let session: string

async function prepare(stores: Stores): Promise<void> {
  const custom = { redirectUrlType: 'CUSTOM', customRedirectUrl: 'https://desk.example.com/verify' }
  await saveVariant(stores, 'HelpDesk', 'HelpDeskCustom', { BackChannelInitNode: custom })
  await saveVariant(stores, 'HelpDesk', 'HelpDeskPost', { BackChannelInitNode: { redirectUrlType: 'POST' } })
  await saveVariant(stores, 'HelpDesk', 'HelpDeskAnybody', { BackChannelInitNode: { idType: 'NONE' } })
  const mailless = { id: 'mailless', userName: 'mailless', attributes: { givenName: 'Mo' } }
  await stores.identities.create(exampleIdentity(mailless))
}

beforeAll(async () => {
  mail = await startMailServer()
  server = await startPrepared(prepare, { smtpUrl: mail.url, mailFrom: 'Desk <desk@example.com>' })
  url = server.url
  await letAnyoneStartChecks(url)
  token = await newBackchannelToken(url)
  session = await agentSignsIn(url)
})

afterAll(async () => {
  await server.stop()
  await mail.stop()
})

const send = (body: object, headers: Record<string, string> = {}) =>
  backchannel(url, 'send', body, { headers })
const asAgent = () => ({ iplanetdirectorypro: session })
const asJourney = (page: Parameters<typeof stepOf>[0]) => ({ 'x-sidegate-authid': stepOf(page).authId })

/** Changes a sample person as an administrator. */
async function patchPerson(id: string, operations: object[]) {
  const answer = await fetch(`${url.replace(/\/am$/, '')}/openidm/managed/alpha_user/${id}`, {
    method: 'PATCH',
    headers: {
      'content-type': 'application/json',
      iplanetdirectorypro: await signInAsAdministrator(url),
    },
    body: JSON.stringify(operations),
  })
  expect(answer.status).toBe(200)
}

test('the link goes to the address on file, with the agent and the purpose, and starts the caller’s journey', async () => {
  const { page, reference, id } = await deskOpens(url, session)
  const feed = await FeedReader.open(url, { reference, headers: asAgent() })
  const before = mail.mails.length
  expect(await send({}, asJourney(page))).toMatchObject({
    status: 200,
    body: { sentTo: masked, at: expect.any(Number) },
  })
  const arrived = await mail.arrived(before + 1)
  expect(arrived).toMatchObject({ to: [address], subject: 'Confirm that it is you', isHtml: true })
  expect(arrived.body).toContain('Dana Desk of Larkfield Health')
  expect(arrived.body).toContain('Unlock the account</bdi></p><p>')
  expect(arrived.body).toContain(`${reference}, INC-48213`)
  const [, link = ''] = /href="([^"]+)"/.exec(arrived.body) ?? []
  const query = new URL(link.replaceAll('&amp;', '&')).search
  expect(arrived.text).toContain(`Answer: ${link.replaceAll('&amp;', '&')}`)
  expect((await authenticate(url, { query: `${query}&ForceAuth=true` })).body.header).toBe(
    'Confirm that it is you',
  )
  await callerSignsIn(url, id)
  const events = await feed.all()
  // The mail server may accept the email before or after the caller opens the link.
  const kinds = events.map(kindOf).filter((kind) => kind !== 'mailDelivered')
  expect(kinds.slice(0, 3)).toEqual(['snapshot', 'sent', 'opened'])
  expect(events[1]?.data).toEqual({ kind: 'sent', sequence: 1, at: expect.any(Number), to: masked })
  // The notice of the approval, so that the next test doesn't count it.
  await mail.arrived(before + 2)
  const audited = logLines(server).filter((line) => line.eventName === 'SIDEGATE-TRANSACTION-LINK-SENT')
  expect(audited.at(-1)).toMatchObject({ reference })
  expect(server.logged()).not.toContain(id)
  expect(server.logged()).not.toContain(address)
})

test('a reloaded desk emails the link by reference, as long as the journey runs', async () => {
  const { reference, id } = await deskOpens(url, session)
  const before = mail.mails.length
  expect((await send({ reference }, asAgent())).status).toBe(200)
  expect((await mail.arrived(before + 1)).body).toContain(id)
})

test('a desk that knows the id can use it, and so can a client', async () => {
  const { id } = await deskOpens(url, session)
  const before = mail.mails.length
  expect((await send({ transaction: id }, asAgent())).status).toBe(200)
  expect((await mail.arrived(before + 1)).body).toContain(id)
  const other = await openTransaction(url, token)
  const answer = await backchannel(url, 'send', { transaction: other }, { token })
  expect(answer).toMatchObject({ status: 200, body: { sentTo: masked } })
  expect((await mail.arrived(before + 2)).body).toContain('Larkfield Health of Larkfield Health')
})

test.each([
  ['HelpDeskCustom', 'https://desk.example.com/verify?'],
  ['HelpDeskPost', '/XUI/?'],
])('the link in the email of %s leads to %s', async (journey, page) => {
  const { page: waiting } = await deskOpens(url, session, { journey })
  const before = mail.mails.length
  expect((await send({}, asJourney(waiting))).status).toBe(200)
  const { body } = await mail.arrived(before + 1)
  expect(/href="([^"]+)"/.exec(body)?.[1]).toContain(page)
})

test('at most one email a minute is sent for each transaction, over all senders', async () => {
  const { page, reference } = await deskOpens(url, session)
  const answers = await Promise.all([
    send({}, asJourney(page)),
    send({ reference }, asAgent()),
    send({ reference }, asAgent()),
  ])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 429, 429])
  const refused = answers.find(({ status }) => status === 429)
  expect(refused?.body).toMatchObject({
    reason: 'Too Many Requests',
    detail: { retryAfterSeconds: expect.any(Number) },
  })
  const feed = await FeedReader.open(url, { reference, headers: { ...asAgent(), 'last-event-id': '0' } })
  expect((await feed.first(1)).map(kindOf)).toEqual(['sent'])
  await feed.leave()
})

test('people get the email in their preferred language', async () => {
  const id = 'ac6c7d3f-bb79-445f-8726-c3b6bda5b290'
  await patchPerson(id, [{ operation: 'replace', field: '/preferredLanguage', value: 'fr-CH,fr;q=0.9' }])
  const { page } = await deskOpens(url, session)
  const before = mail.mails.length
  await send({}, asJourney(page))
  expect((await mail.arrived(before + 1)).subject).toBe('Confirmez votre identité')
  await patchPerson(id, [{ operation: 'remove', field: '/preferredLanguage' }])
})

test.each([
  ['de', 'Bestätigen Sie, dass Sie es sind', 'Konto entsperren', 'lang="de">'],
  ['ar', 'أكّد هويتك', 'إلغاء قفل الحساب', 'lang="ar" dir="rtl">'],
])('in %s, the email names the action in that language, too', async (language, subject, action, marks) => {
  const id = 'ac6c7d3f-bb79-445f-8726-c3b6bda5b290'
  await patchPerson(id, [{ operation: 'replace', field: '/preferredLanguage', value: language }])
  const { page } = await deskOpens(url, session)
  const before = mail.mails.length
  await send({}, asJourney(page))
  const sent = await mail.arrived(before + 1)
  await patchPerson(id, [{ operation: 'remove', field: '/preferredLanguage' }])
  expect(sent.subject).toBe(subject)
  expect(sent.body).toContain(action)
  expect(sent.body).toContain(marks)
  expect(sent.body).not.toContain('Unlock')
})

test('nothing is sent without an address on file', async () => {
  const subject = { type: 'user', name: 'mailless' }
  const transaction = await openTransaction(url, token, { subject })
  expect(await backchannel(url, 'send', { transaction }, { token })).toMatchObject({
    status: 409,
    body: { detail: { problem: 'noMail' } },
  })
})

test('nothing is sent for a check without a subject', async () => {
  const { page } = await deskOpens(url, session, { journey: 'HelpDeskAnybody' })
  expect(await send({}, asJourney(page))).toMatchObject({
    status: 409,
    body: { detail: { problem: 'noSubject' } },
  })
})

test('nothing is sent after a result, after a cancellation, or by reference alone without a journey', async () => {
  const { reference, id } = await deskOpens(url, session)
  await callerSignsIn(url, id)
  expect(await send({ reference }, asAgent())).toMatchObject({
    status: 409,
    body: { detail: { problem: 'completed' } },
  })
  const other = await deskOpens(url, session)
  await backchannel(url, 'cancel', { reference: other.reference }, { headers: asAgent() })
  expect((await send({ reference: other.reference }, asAgent())).status).toBe(404)
  const opened = await openTransaction(url, token)
  const feed = await FeedReader.open(url, {
    transaction: opened,
    headers: { authorization: `Bearer ${token}` },
  })
  const [snapshot] = await feed.first(1)
  await feed.leave()
  const byReference = { reference: snapshot?.data.reference }
  expect(await backchannel(url, 'send', byReference, { token })).toMatchObject({
    status: 409,
    body: { detail: { problem: 'linkUnknown' } },
  })
})

test('only the opener can send: not anonymous clients, the caller, another journey or an administrator', async () => {
  const { reference, id } = await deskOpens(url, session)
  const before = mail.mails.length
  expect((await send({ transaction: id })).status).toBe(401)
  const alex = { iplanetdirectorypro: await signIn(url, 'alex', 'Alex-Pass-2026') }
  expect((await send({ transaction: id }, alex)).status).toBe(403)
  expect((await send({ reference }, asJourney(await agentOpens(url)))).status).toBe(403)
  const administrator = { iplanetdirectorypro: await signInAsAdministrator(url) }
  expect((await send({ reference }, administrator)).status).toBe(403)
  expect((await send({}, asAgent())).status).toBe(400)
  expect(mail.mails).toHaveLength(before)
})

const cancel = (body: object, headers: Record<string, string>) =>
  backchannel(url, 'cancel', body, { headers })

test.each<[string, (opened: { page: Parameters<typeof stepOf>[0] }) => Promise<Record<string, string>>]>([
  ['the journey that opened it', async ({ page }) => asJourney(page)],
  ['the agent', async () => asAgent()],
  [
    'the agent after another sign-in',
    async () => ({ iplanetdirectorypro: await signIn(url, 'dana', 'Dana-Pass-2026') }),
  ],
  ['an administrator', async () => ({ iplanetdirectorypro: await signInAsAdministrator(url) })],
])('%s cancels, and the link stops working', async (_who, headersOf) => {
  const opened = await deskOpens(url, session)
  const { reference, id, page } = opened
  const feed = await FeedReader.open(url, { reference, headers: asAgent() })
  const credentials = await callerOpens(url, id)
  const { status, body } = await cancel({ reference }, await headersOf(opened))
  expect({ status, body }).toEqual({ status: 200, body: { reference, state: 'CANCELLED' } })
  expect((await feed.all()).map(kindOf)).toEqual(['snapshot', 'opened', 'cancelled'])
  const late = await answerStep(url, credentials, ['Alex-Pass-2026'])
  expect(late.body.message).toBe('Unable to approve transaction')
  expect((await callerOpens(url, id)).body.message).toBe('Unable to read transaction.')
  expect((await agentWaits(url, page)).body.message).toBe('Login failure')
  expect((await cancel({ reference }, asAgent())).status).toBe(404)
})

test('a client cancels what it opened, but can’t send or cancel the check of an agent', async () => {
  const client = { authorization: `Bearer ${token}` }
  const own = await openTransaction(url, token)
  expect((await cancel({ transaction: own }, client)).status).toBe(200)
  const { reference, id } = await deskOpens(url, session)
  for (const named of [{ reference }, { transaction: id }]) {
    expect((await cancel(named, client)).status).toBe(403)
    expect((await send(named, client)).status).toBe(403)
  }
})

test('of concurrent cancellations, and of a cancellation and a finishing caller, one wins', async () => {
  const { reference } = await deskOpens(url, session)
  const all = await Promise.all([1, 2, 3, 4].map(() => cancel({ reference }, asAgent())))
  expect(all.map(({ status }) => status).toSorted()).toEqual([200, 404, 404, 404])
  for (let round = 0; round < 5; round++) {
    const other = await deskOpens(url, session)
    const credentials = await callerOpens(url, other.id)
    const [signedIn, cancelled] = await Promise.all([
      answerStep(url, credentials, ['Alex-Pass-2026']),
      cancel({ reference: other.reference }, asAgent()),
    ])
    expect([signedIn.status, cancelled.status]).toEqual(signedIn.status === 200 ? [200, 409] : [401, 200])
  }
})

test('strangers can’t cancel, and get the same answer for unknown references', async () => {
  const { reference, id } = await deskOpens(url, session)
  const alex = { iplanetdirectorypro: await signIn(url, 'alex', 'Alex-Pass-2026') }
  const { page } = await deskOpens(url, session)
  for (const named of [{ reference }, { transaction: id }, { reference: '22222222' }]) {
    expect((await cancel(named, {})).status).toBe(401)
    expect((await cancel(named, alex)).status).toBe(403)
  }
  expect((await cancel({ reference }, asJourney(page))).status).toBe(403)
  expect((await cancel({}, asAgent())).status).toBe(400)
  const { link } = await linkOf(url, page)
  expect(link).toContain('authIndexType=transaction')
})

test('no link goes to an address that was changed during the call, whatever changed it', async () => {
  const { reference } = await deskOpens(url, session)
  const before = mail.mails.length
  await changeMail('attacker@example.com')
  try {
    const answer = await send({ reference }, asAgent())
    expect(answer).toMatchObject({ status: 409, body: { detail: { problem: 'changedLately' } } })
    expect(mail.mails).toHaveLength(before)
  } finally {
    await changeMail(address)
  }
})

async function changeMail(value: string): Promise<void> {
  const administrator = await signInAsAdministrator(url)
  const answer = await fetch(`${new URL(url).origin}/openidm/managed/alpha_user/${alexId}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json', iplanetdirectorypro: administrator },
    body: JSON.stringify([{ operation: 'replace', field: '/mail', value }]),
  })
  if (!answer.ok) throw new Error(`the address was not changed: ${answer.status} ${await answer.text()}`)
}
