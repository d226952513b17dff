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
const opened: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close()
})

/** Calls the route as a client, with real storage and a fixed clock. */
async function sendLink({ changedAt, hasTemplate = true }: { changedAt?: number; hasTemplate?: boolean }) {
  const dataFolder = temporaryFolder()
  const stores = await openStores({ dataFolder, databaseUrl: undefined })
  const transactions = new Transactions(stores.transactions, createLiveFeed(), () => now)
  const person = exampleIdentity()
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
  const template = emailTemplateSchema.parse({ subject: { en: 'Link' }, message: { en: '{{object.link}}' } })
  const server = buildServer({
    log: pino({ level: 'silent' }),
    now: () => 0,
    routes: backchannelSendRoutes({
      transactions,
      authentication: { watched: async () => undefined, openedBySession: async () => undefined },
      mayVerify: async () => false,
      sessions: { isUnderWay: async () => false },
      limits: { take: async () => ({ kind: 'taken', isLast: false, count: 1 }) },
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
      settings: realmSettingsSchema.parse({}),
    }),
    findSession: async () => undefined,
    verifyBearer: async () => ({ clientId: 'desk', scopes: ['back_channel_authentication'] }),
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
    payload: { transaction: id },
  })
  return { answer, mails: await stores.mails.count(['settings']) }
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
