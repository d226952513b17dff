import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { mailsInMemory, onlyKim } from '../../../test/support/second-factors.ts'
import { oneTimePasswordSmtpSender } from './one-time-password-smtp-sender.ts'

const transient = { oneTimePassword: '12345678' }

async function sent(given: Parameters<typeof runNode>[1]) {
  const { mailer, mails } = mailsInMemory()
  const ran = await runNode(oneTimePasswordSmtpSender, {
    transient,
    ...given,
    ports: { mailer, identities: onlyKim },
  })
  return { ...ran, mails }
}

test('sends the password to the person’s address and stores the address', async () => {
  const { action, mails, state, log } = await sent({ shared: { username: 'kim' } })
  expect(outcomeOf(action)).toBe('outcome')
  expect(mails).toEqual([
    {
      from: '',
      to: 'kim@example.com',
      subject: 'One Time Password',
      body: 'Your One Time Password: 12345678',
      isHtml: true,
    },
  ])
  expect(state.shared).toEqual({ username: 'kim', emailAddress: 'kim@example.com' })
  expect(JSON.stringify(log)).not.toContain('12345678')
})

test.each([
  ['emailAddress', { emailAddress: 'first@example.com', mail: 'second@example.com' }, 'first@example.com'],
  ['the attribute', { mail: 'second@example.com', username: 'kim' }, 'second@example.com'],
  ['what was typed in', { objectAttributes: { mail: 'third@example.com' } }, 'third@example.com'],
])('prefers %s in state to the person', async (_what, shared, to) => {
  expect((await sent({ shared })).mails).toMatchObject([{ to }])
})

test('uses the request’s locale and inserts the password', async () => {
  const config = {
    fromEmailAddress: 'desk@example.com',
    emailSubject: { en: 'Code', fr: 'Votre code' },
    emailContent: { en: 'x', fr: '<b>{{OTP}}</b> est votre code' },
  }
  const { mails } = await sent({ config, shared: { username: 'kim' }, request: { locales: ['fr'] } })
  expect(mails).toMatchObject([
    { from: 'desk@example.com', subject: 'Votre code', body: '<b>12345678</b> est votre code' },
  ])
})

test.each([
  ['SSL', 0, { security: 'tls', port: 465 }],
  ['START_TLS', 0, { security: 'startTls', port: 587 }],
  ['NON_SSL', 8025, { security: 'none', port: 8025 }],
])('uses its own mail server: %s, port %i', async (sslOption, hostPort, server) => {
  const config = { hostName: 'mail.example.com', hostPort, sslOption, username: 'desk', password: null }
  const { mails } = await sent({ config, shared: { username: 'kim' } })
  expect(mails).toMatchObject([
    { server: { host: 'mail.example.com', username: 'desk', password: '', ...server } },
  ])
})

test.each([
  ['Identity lookup failed', { shared: { username: 'nobody' } }],
  ['Email not found', { shared: { username: 'kim' }, config: { emailAttribute: 'alternateMail' } }],
  ['oneTimePasswordNotFound', { shared: { username: 'kim' }, transient: {} }],
])('fails and sends nothing: %s', async (message, given) => {
  const { action, mails } = await sent(given)
  expect(action).toEqual({ kind: 'error', message })
  expect(mails).toEqual([])
})
