import { rmSync } from 'node:fs'
import { pino } from 'pino'
import { afterEach, expect, test } from 'vitest'
import { createLiveFeed } from '../../../help-desk/transactions/live-feed.ts'
import { unknownOpener } from '../../../help-desk/transactions/transaction.ts'
import { newTransaction, Transactions } from '../../../help-desk/transactions/transactions.ts'
import { emailTemplateSchema } from '../../../outbox/email-template.ts'
import { realmSettingsSchema } from '../../../realms/realm.ts'
import { exampleIdentity } from '../../../store/contract/examples.ts'
import { temporaryFolder } from '../../../store/sqlite/temporary-folder.ts'
import { openStores } from '../../../store/stores.ts'
import { buildServer } from '../../server.ts'
import { backchannelSendRoutes } from './send-link.ts'

const now = 1_800_000_000_000
const hour = 3_600_000
const gateway = { provider: 'http', url: 'https://sms.example.com/' }
const opened: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close()
})

/** Calls the route as a client, with real storage and a fixed clock. */
async function sendLink({
  changedAt,
  hasTemplate = true,
  channel,
  telephoneNumber = '+4930123456',
  messaging = { sms: gateway, voice: gateway },
}: {
  changedAt?: number
  hasTemplate?: boolean
  channel?: string
  telephoneNumber?: string
  messaging?: object
}) {
  const dataFolder = temporaryFolder()
  const stores = await openStores({ dataFolder, databaseUrl: undefined })
  const transactions = new Transactions(stores.transactions, createLiveFeed(), () => now)
  const { attributes } = exampleIdentity()
  const person = exampleIdentity({ attributes: { ...attributes, telephoneNumber } })
  const { id, transaction } = newTransaction(
    {
      realm: '/alpha',
      journey: 'Login',
      subject: { kind: 'user', id: person.id, name: person.userName },
      data: {},
      allowRetry: true,
      trackingId: undefined,
      lifeSeconds: 180,
      openedBy: { ...unknownOpener, client: 'desk' },
    },
    now,
  )
  await transactions.apply([{ kind: 'create', transaction }])
  const template = emailTemplateSchema.parse({
    subject: { en: 'Link' },
    message: { en: '{{object.link}} {{object.spokenAddress}} {{object.spokenCode}}' },
  })
  const server = buildServer({
    log: pino({ level: 'silent' }),
    now: () => 0,
    routes: backchannelSendRoutes({
      transactions,
      authentication: { watched: async () => undefined, openedBySession: async () => undefined },
      mayVerify: async () => false,
      sessions: { isUnderWay: async () => false },
      limits: {
        giveBack: async () => undefined,
        take: async () => ({ kind: 'taken', isLast: false, count: 1 }),
      },
      mailOutbox: {
        queued: (realm, mail) => ({
          id: 'mail',
          realm,
          route: 'settings',
          body: mail.body,
          attempts: 0,
          createdAt: now,
          dueAt: now,
        }),
        wake: () => undefined,
      },
      messageOutbox: {
        queued: ({ channel, transactionHash, expiresAt, text }) => ({
          ...{
            id: 'message',
            realm: '/alpha',
            channel,
            state: 'queued' as const,
            transactionHash,
            expiresAt,
          },
          ...{ tokenHash: 'token', body: text, attempts: 0, createdAt: now, dueAt: now },
        }),
        wake: () => undefined,
      },
      shortCodes: { issue: async () => 'XKKMMQRR' },
      shortUrl: 'https://desk.example.com/c',
      numberChangedAt: async () => changedAt,
      identities: { findById: async () => person },
      templateNamed: async () => (hasTemplate ? template : undefined),
      mailChangedAt: async () => changedAt,
      audit: () => ({ record: () => undefined }),
      now: () => now,
    }),
    findRealm: async (path) => ({
      path,
      isActive: true,
      aliases: [],
      settings: realmSettingsSchema.parse({ messaging }),
    }),
    findSession: async () => undefined,
    verifyBearer: async () => ({ clientId: 'desk', scopes: ['back_channel_authentication'] }),
    verifyAdminBearer: async () => undefined,
    readIdentity: async () => undefined,
  })
  opened.push(async () => {
    await server.close()
    await stores.close()
    rmSync(dataFolder, { recursive: true, force: true })
  })
  const answer = await server.inject({
    method: 'POST',
    url: '/am/json/realms/root/realms/alpha/authenticate/backchannel/send',
    headers: { authorization: 'Bearer token', 'content-type': 'application/json' },
    payload: { transaction: id, ...(channel === undefined ? {} : { channel }) },
  })
  return {
    answer,
    mails: await stores.mails.count(['settings']),
    messages: await stores.messages.claim(now, now + 1, 9),
  }
}

test('sends no link to a recently changed address', async () => {
  const { answer, mails } = await sendLink({ changedAt: now - 24 * hour + 1 })
  expect(answer.json()).toMatchObject({ code: 409, detail: { problem: 'changedLately' } })
  expect(mails).toBe(0)
})

test.each([
  ['changed long enough ago', now - 24 * hour],
  ['without a known change', undefined],
])('sends the link to an address %s', async (_case, changedAt) => {
  const { answer, mails } = await sendLink(changedAt === undefined ? {} : { changedAt })
  expect(answer.json()).toEqual({ sentTo: 'd•••o@example.com', at: now })
  expect(mails).toBe(1)
})

test('sends nothing without the template', async () => {
  const { answer, mails } = await sendLink({ hasTemplate: false })
  expect(answer.json()).toMatchObject({ code: 409, detail: { problem: 'noTemplate' } })
  expect(mails).toBe(0)
})

test.each(['sms', 'voice'])('sends the short link to the number on file by %s', async (channel) => {
  const { answer, mails, messages } = await sendLink({ channel })
  expect(answer.json()).toEqual({ sentTo: '•••• 56', at: now })
  expect(mails).toBe(0)
  expect(messages).toMatchObject([
    {
      channel,
      body: 'https://desk.example.com/c#XKKM-MQRR desk.example.com/c X, K, K, M. M, Q, R, R.',
      expiresAt: now + 180_000,
    },
  ])
})

test.each<[string, Parameters<typeof sendLink>[0]]>([
  ['changedLately', { changedAt: now - 24 * hour + 1 }],
  ['noTemplate', { hasTemplate: false }],
  ['noGateway', { messaging: {} }],
  ['noGateway', { messaging: { voice: gateway } }],
  ['noNumber', { telephoneNumber: '' }],
  ['noNumber', { telephoneNumber: '030 123456' }],
])('sends no message: %s', async (problem, change) => {
  const { answer, messages } = await sendLink({ channel: 'sms', ...change })
  expect(answer.json()).toMatchObject({ code: 409, detail: { problem } })
  expect(messages).toEqual([])
})

test('uses the country of the realm for numbers without a prefix', async () => {
  const messaging = { sms: gateway, defaultCountry: 'DE' }
  const { answer } = await sendLink({ channel: 'sms', telephoneNumber: '030 123456', messaging })
  expect(answer.json()).toEqual({ sentTo: '•••• 56', at: now })
})

test('names the channels when it is another', async () => {
  const { answer } = await sendLink({ channel: 'fax' })
  expect(answer.json()).toMatchObject({ code: 400, message: 'channel: must be email, sms or voice' })
})
