import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { kim, mailsInMemory, onlyKim } from '../../../test/support/second-factors.ts'
import { emailTemplate } from './email-template.ts'

async function sent(given: Parameters<typeof runNode>[1]) {
  const { mailer, fromTemplates } = mailsInMemory('welcome')
  const { action, log } = await runNode(emailTemplate, { ...given, ports: { mailer, identities: onlyKim } })
  return { outcome: outcomeOf(action), log, fromTemplates }
}

test('the person gets the mail', async () => {
  const { outcome, fromTemplates } = await sent({ shared: { username: 'kim' } })
  expect(outcome).toBe('EMAIL_SENT')
  expect(fromTemplates).toEqual([{ template: 'welcome', to: 'kim@example.com', object: kim }])
})

test('the person may be known by another attribute', async () => {
  const { outcome } = await sent({
    config: { identityAttribute: 'mail' },
    shared: { objectAttributes: { mail: 'kim@example.com' } },
  })
  expect(outcome).toBe('EMAIL_SENT')
})

test.each([
  ['nobody is found', {}, { username: 'nobody' }],
  ['they have no address', { emailAttribute: 'alternateMail' }, { username: 'kim' }],
])('when %s, no mail is sent', async (_when, config, shared) => {
  const { outcome, fromTemplates, log } = await sent({ config, shared })
  expect(outcome).toBe('EMAIL_NOT_SENT')
  expect(fromTemplates).toEqual([])
  expect(log).toEqual([])
})

test('a template that is not there is logged and no mail is sent', async () => {
  const { outcome, log } = await sent({
    config: { emailTemplateName: 'missing' },
    shared: { username: 'kim' },
  })
  expect(outcome).toBe('EMAIL_NOT_SENT')
  expect(log).toEqual([
    { level: 'error', message: "Email template 'missing' does not exist or is not enabled" },
  ])
})
