import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { kim, mailsInMemory, onlyKim } from '../../../test/support/second-factors.ts'
import { emailSuspend } from './email-suspend.ts'

const resumeURI = 'http://127.0.0.1:8080/am/XUI/?suspendedId=one-time'
const usual = {
  kind: 'suspend',
  message: 'An email has been sent to the address you entered. Click the link in that email to proceed.',
}

function started(given: Parameters<typeof runNode>[1] = {}) {
  const { mailer, fromTemplates } = mailsInMemory('registration', 'resetPassword')
  return { fromTemplates, run: runNode(emailSuspend, { ...given, ports: { mailer, identities: onlyKim } }) }
}

test('sends the collected attributes and the link, and suspends', async () => {
  const shared = { username: 'new', objectAttributes: { mail: 'new@example.com', givenName: 'New' } }
  const { run, fromTemplates } = started({ shared, transient: { objectAttributes: { password: 'secret' } } })
  expect((await run).action).toEqual(usual)
  expect(fromTemplates).toEqual([
    {
      template: 'registration',
      to: 'new@example.com',
      object: { mail: 'new@example.com', givenName: 'New', resumeURI },
    },
  ])
})

test('sends to the stored person with object lookup', async () => {
  const config = { objectLookup: true, identityAttribute: 'mail', emailTemplateName: 'resetPassword' }
  const { run, fromTemplates } = started({
    config,
    shared: { objectAttributes: { mail: 'kim@example.com' } },
  })
  expect((await run).action).toEqual(usual)
  expect(fromTemplates).toEqual([
    { template: 'resetPassword', to: 'kim@example.com', object: { ...kim, resumeURI } },
  ])
})

test.each([
  ['no person is found', { objectLookup: true }, { username: 'nobody' }],
  ['nothing was collected', {}, { username: 'kim' }],
  ['there is no address', {}, { objectAttributes: { givenName: 'New' } }],
  ['the address is empty', {}, { objectAttributes: { mail: '' } }],
])('shows the same text and sends nothing if %s', async (_when, config, shared) => {
  const { run, fromTemplates } = started({ config, shared })
  const { action, log } = await run
  expect(action).toEqual(usual)
  expect(fromTemplates).toEqual([])
  expect(log).toEqual([
    { level: 'debug', message: 'Object and recipient required to send email. Email not sent' },
  ])
})

test('logs a missing template without showing it', async () => {
  const config = { emailTemplateName: 'missing' }
  const { run } = started({ config, shared: { objectAttributes: { mail: 'new@example.com' } } })
  const { action, log } = await run
  expect(action).toEqual(usual)
  expect(log).toEqual([
    { level: 'error', message: "Email template 'missing' does not exist or is not enabled" },
  ])
})

test('uses the request’s locale and the configured duration', async () => {
  const config = { emailSuspendMessage: { fr: 'Un courriel est parti.' }, suspendDuration: 60 }
  const { run } = started({ config, request: { locales: ['fr'] } })
  expect((await run).action).toEqual({ kind: 'suspend', message: 'Un courriel est parti.', minutes: 60 })
})

test('shows AM’s text without a message', async () => {
  const { run } = started({ config: { emailSuspendMessage: {} } })
  expect((await run).action).toMatchObject({ message: 'An email has been sent to your inbox.' })
})

test('continues when the link is opened, and sends nothing again', async () => {
  const { run, fromTemplates } = started({
    shared: { objectAttributes: { mail: 'new@example.com' } },
    context: { resumedFromSuspend: true },
  })
  expect(outcomeOf((await run).action)).toBe('outcome')
  expect(fromTemplates).toEqual([])
})
