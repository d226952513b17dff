import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { kim, mailsInMemory, onlyKim } from '../../../test/support/second-factors.ts'
import { emailTemplate } from './email-template.ts'

async function sent(given: Parameters<typeof runNode>[1]) {
  const { mailer, fromTemplates } = mailsInMemory('welcome')
  const { action, log } = await runNode(emailTemplate, { ...given, ports: { mailer, identities: onlyKim } })
  return { outcome: outcomeOf(action), log, fromTemplates }
}

test('sends the email to the person', async () => {
  const { outcome, fromTemplates } = await sent({ shared: { username: 'kim' } })
  expect(outcome).toBe('EMAIL_SENT')
  expect(fromTemplates).toEqual([{ template: 'welcome', to: 'kim@example.com', object: kim }])
})

test('finds the person by another attribute', async () => {
  const { outcome } = await sent({
    config: { identityAttribute: 'mail' },
    shared: { objectAttributes: { mail: 'kim@example.com' } },
  })
  expect(outcome).toBe('EMAIL_SENT')
})

test.each([
  ['no person is found', {}, { username: 'nobody' }],
  ['the person has no address', { emailAttribute: 'alternateMail' }, { username: 'kim' }],
])('sends no email if %s', async (_when, config, shared) => {
  const { outcome, fromTemplates, log } = await sent({ config, shared })
  expect(outcome).toBe('EMAIL_NOT_SENT')
  expect(fromTemplates).toEqual([])
  expect(log).toEqual([])
})

test('logs a missing template and sends no email', async () => {
  const { outcome, log } = await sent({
    config: { emailTemplateName: 'missing' },
    shared: { username: 'kim' },
  })
  expect(outcome).toBe('EMAIL_NOT_SENT')
  expect(log).toEqual([
    { level: 'error', message: "Email template 'missing' does not exist or is not enabled" },
  ])
})
