import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { mailsInMemory } from '../../../test/support/second-factors.ts'
import type { IdentityPort, MessagePort } from '../ports/ports.ts'
import { oneTimePasswordSmsSender } from './one-time-password-sms-sender.ts'

const transient = { oneTimePassword: '12345678' }
const kim = { _id: 'kim', userName: 'kim', telephoneNumber: ['+49 30 123456'], carrier: '@sms.example.com' }
const identities = {
  find: async (name: string) => (name === 'kim' ? kim : undefined),
} as unknown as IdentityPort

async function sent(
  given: Partial<Parameters<typeof runNode>[1]>,
  problem?: Awaited<ReturnType<MessagePort['sendText']>>,
) {
  const { mailer, mails } = mailsInMemory()
  const texts: { to: string; text: string }[] = []
  const messenger: MessagePort = {
    async sendText(to, text) {
      if (problem === undefined) texts.push({ to, text })
      return problem
    },
  }
  const ran = await runNode(oneTimePasswordSmsSender, {
    transient,
    shared: { username: 'kim' },
    ...given,
    ports: { mailer, messenger, identities },
  })
  return { ...ran, mails, texts }
}

const bySmtp = { hostName: 'mail.example.com', mobileCarrierAttributeName: 'carrier', sslOption: 'START_TLS' }

test('sends the password through the realm’s gateway to the person’s number', async () => {
  const { action, texts, mails, log } = await sent({})
  expect(outcomeOf(action)).toBe('outcome')
  expect(texts).toEqual([{ to: '+49 30 123456', text: 'Your One Time Password: 12345678' }])
  expect(mails).toEqual([])
  expect(JSON.stringify(log)).not.toMatch(/12345678|123456/)
})

test.each([
  ['de', 'Ihr Einmalcode: 12345678'],
  ['ar', 'رمزك لمرة واحدة: 12345678'],
  ['pt', 'Your One Time Password: 12345678'],
])('without a text, sends one in the language of the request: %s', async (locale, text) => {
  const { texts } = await sent({ request: { locales: [locale] } })
  expect(texts).toEqual([{ to: '+49 30 123456', text }])
})

test('uses the request’s locale, inserts the password, and prefers a number that was typed in', async () => {
  const config = { smsContent: { en: 'x', fr: '{{OTP}} est votre code' }, mobilePhoneAttributeName: 'mobile' }
  const shared = { objectAttributes: { mobile: '+33 1 23456789' } }
  const { texts } = await sent({ config, shared, request: { locales: ['fr'] } })
  expect(texts).toEqual([{ to: '+33 1 23456789', text: '12345678 est votre code' }])
})

test('sends an email to the number at the carrier if a mail server is set', async () => {
  const config = { ...bySmtp, fromEmailAddress: 'desk@example.com', smsSubject: { en: 'Code' } }
  const { action, mails, texts } = await sent({ config })
  expect(outcomeOf(action)).toBe('outcome')
  expect(texts).toEqual([])
  expect(mails).toEqual([
    {
      from: 'desk@example.com',
      to: '+4930123456@sms.example.com',
      subject: 'Code',
      body: 'Your One Time Password: 12345678',
      isHtml: false,
      server: { host: 'mail.example.com', port: 587, security: 'startTls', username: '', password: '' },
    },
  ])
})

test.each<[string, Parameters<typeof sent>[0], Parameters<typeof sent>[1]]>([
  ['oneTimePasswordNotFound', { transient: {} }, undefined],
  ['Identity lookup failed', { shared: {} }, undefined],
  ['Identity lookup failed', { shared: { username: 'nobody' } }, undefined],
  ['Phone number not found', { config: { mobilePhoneAttributeName: 'mobile' } }, undefined],
  ['Phone number not found', {}, 'noNumber'],
  ['noSmsGateway', {}, 'noGateway'],
  ['tooManyMessages', {}, 'tooMany'],
  ['Mobile carrier not found', { config: { ...bySmtp, mobileCarrierAttributeName: null } }, undefined],
  ['Mobile carrier not found', { config: { ...bySmtp, mobileCarrierAttributeName: 'other' } }, undefined],
  [
    'Phone number not found',
    { config: bySmtp, shared: { telephoneNumber: 'a@b.example', username: 'kim' } },
    undefined,
  ],
  [
    'Phone number not found',
    { config: bySmtp, shared: { carrier: 'x, y@z.example', username: 'kim' } },
    undefined,
  ],
])('fails with %s: %j', async (reason, given, problem) => {
  const { action, mails, texts } = await sent(given, problem)
  expect(action).toEqual({ kind: 'error', message: reason })
  expect({ mails, texts }).toEqual({ mails: [], texts: [] })
})
