import { expect, test } from 'vitest'
import type { JsonObject } from '../../base/json.ts'
import { noPurpose } from '../../help-desk/transactions/purpose.ts'
import { unknownOpener } from '../../help-desk/transactions/transaction.ts'
import { type EmailTemplate, emailTemplateSchema } from '../../outbox/email-template.ts'
import type { Mail } from '../../outbox/mail.ts'
import { type Notice, noticesSchema } from '../../realms/notice-settings.ts'
import { type RealmSettings, realmSettingsSchema } from '../../realms/realm.ts'
import { exampleTransaction } from '../../store/contract/examples.ts'
import { type NoticeEvent, noticeMails } from './notices.ts'

const now = Date.UTC(2026, 10, 27, 9, 30)

type Given = {
  notice?: Notice
  settings?: Partial<RealmSettings>
  template?: Partial<EmailTemplate>
  more?: Partial<NoticeEvent>
  attributes?: JsonObject
}

/** The emails as they would be queued, and the warnings that were logged. */
async function noticesOf({
  notice = 'accountChanged',
  settings = {},
  template,
  more,
  attributes = {},
}: Given) {
  const mails: Mail[] = []
  const warnings: object[] = []
  const write = noticeMails({
    findRealm: async (path) => ({
      path,
      isActive: true,
      aliases: [],
      settings: realmSettingsSchema.parse(settings),
    }),
    templateNamed: async () => template && emailTemplateSchema.parse(template),
    mailOutbox: {
      queued(realm, mail) {
        mails.push(mail)
        return { id: '', realm, route: 'settings', body: '', attempts: 0, createdAt: now, dueAt: now }
      },
    },
    now: () => now,
    log: { warn: (line: object) => void warnings.push(line) },
  })
  const person = {
    userName: 'elena',
    attributes: { mail: 'elena@example.com', givenName: 'Elena', ...attributes },
  }
  await write({ notice, realm: '/alpha', accounts: [person], parts: ['password', 'factor'], ...more })
  return { mails, warnings }
}

const checkFor = (action: string) =>
  exampleTransaction({
    purpose: { ...noPurpose, action },
    openedBy: { ...unknownOpener, agent: { id: 'dana', name: 'dana', displayName: 'Dana Desk' } },
    reference: '7QK4M2XR',
  })

test.each(['checkApproved', 'vouchApproved', 'resultUsed'] as const)(
  'names action, agent and reference in %s',
  async (notice) => {
    const { mails } = await noticesOf({ notice, more: { check: checkFor('Reset the password') } })
    for (const word of ['Reset the password', 'Dana Desk', '7QK4M2XR']) expect(mails[0]?.body).toContain(word)
  },
)

test.each([
  ['Europe/Zurich', 'at 10:30 AM Europe/Zurich'],
  ['America/New_York', 'at 4:30 AM America/New York'],
  ['Middle/Earth', 'at 9:30 AM UTC'],
  [undefined, 'at 9:30 AM UTC'],
])('says the time in the zone %s of the account', async (zoneinfo, time) => {
  const { mails } = await noticesOf({ attributes: { zoneinfo: zoneinfo ?? null } })
  expect(mails[0]?.body).toContain(`November 27, 2026 ${time}`)
})

test.each(['en', 'de', 'es', 'fr', 'ar'])(
  'writes every notice in %s, without links or unfilled placeholders',
  async (language) => {
    for (const notice of noticesSchema.keyof().options) {
      const { mails } = await noticesOf({ notice, attributes: { preferredLanguage: language } })
      const [mail] = mails
      expect(mail?.subject).toContain('alpha')
      expect(mail?.body).toContain(`lang="${language}"`)
      expect(mail?.body).toContain('elena')
      expect(mail?.body).toContain('UTC')
      expect(mail?.body).not.toMatch(/\{\{|https?:|href|undefined/)
    }
  },
)

test('sends one email to each address on file, old and new', async () => {
  const before = { userName: 'elena', attributes: { mail: 'old@example.com' } }
  const after = {
    userName: 'elena',
    attributes: { mail: ['Old@example.com', 'new@example.com', 7, 'no address'] },
  }
  const { mails } = await noticesOf({ more: { accounts: [after, before] } })
  expect(mails.map(({ to }) => String(to).toLowerCase())).toEqual(['old@example.com', 'new@example.com'])
})

test('uses the language of the person, else of the realm, also for the names of the changes', async () => {
  const settings = { locales: { default: 'fr', offered: ['fr'] } }
  expect((await noticesOf({ settings })).mails[0]?.body).toContain('mot de passe, second facteur')
  const german = await noticesOf({ settings, attributes: { preferredLanguage: 'de-AT,fr;q=0.5' } })
  expect(german.mails[0]?.body).toContain('Passwort, zweiter Faktor')
})

test('names the action of a used result in the language of the person', async () => {
  const { mails } = await noticesOf({
    notice: 'resultUsed',
    attributes: { preferredLanguage: 'de' },
    more: { check: checkFor('Reset the password') },
  })
  expect(mails[0]?.body).toContain('Passwort zurücksetzen')
})

test('prefers the template of the realm, and sends nothing if the name is empty', async () => {
  const template = {
    subject: { en: 'Ours: {{object.changes}}' },
    message: { en: 'Hello {{object.givenName}}' },
  }
  expect((await noticesOf({ template })).mails).toMatchObject([
    { subject: 'Ours: password, second factor or registered device', body: 'Hello Elena' },
  ])
  const notices = { ...noticesSchema.parse({}), accountChanged: '' }
  expect(await noticesOf({ settings: { notices } })).toEqual({ mails: [], warnings: [] })
})

test('sends nothing for a missing or disabled template and logs a warning', async () => {
  const notices = { ...noticesSchema.parse({}), accountChanged: 'ours' }
  const missing = await noticesOf({ settings: { notices } })
  expect(missing).toEqual({ mails: [], warnings: [{ realm: '/alpha', template: 'ours' }] })
  expect((await noticesOf({ template: { enabled: false } })).mails).toEqual([])
})

test('shows an action only if the realm offers it, so that agents cannot put their own text into a notice', async () => {
  const bodyOf = async (action: string) => {
    const { mails } = await noticesOf({ notice: 'resultUsed', more: { check: checkFor(action) } })
    return mails[0]?.body
  }
  expect(await bodyOf('Reset the password')).toContain('Reset the password')
  expect(await bodyOf('Call +1 900 555 now')).not.toContain('900')
})

test('sends nothing to a person without an email address', async () => {
  expect(await noticesOf({ attributes: { mail: null } })).toEqual({ mails: [], warnings: [] })
})
