import { expect, test } from 'vitest'
import { exportOf, login, tested } from '../support/walk-project.ts'

const confirm = exportOf('Confirm', {
  Ask: { type: 'PasswordCollectorNode', to: { outcome: 'Check' } },
  Check: { type: 'DataStoreDecisionNode', to: { true: 'success', false: 'failure' } },
})

const template = JSON.stringify({
  _id: 'emailTemplate/confirmRequest',
  defaultLocale: 'en',
  enabled: true,
  from: '',
  subject: { en: 'Confirm' },
  message: { en: '<p>{{object.action}} <a href="{{object.link}}">Go</a></p>' },
  mimeType: 'text/html',
})

const asked = (
  walks: string,
  templates: Record<string, string> = { 'email-templates/a.json': template },
) => ({
  'sidegate.yaml': 'settings: { oauth: { ciba: { journey: Confirm } } }\n',
  'Confirm.json': confirm,
  ...templates,
  'a.walk.yaml': `journey: Confirm\npeople: { alex: { mail: alex@example.com }, kim: {} }\nwalks:\n${walks}`,
})

test('a person whom an application asks gets a link by email, and the feed tells how it ended', async () => {
  const { output } = await tested(
    asked(`
  - it: opens the link
    steps:
      - request: { to: alex, message: Pay 49 EUR }
      - mail: { to: alex@example.com, text: Pay 49 EUR, keep: { link: '/href="([^"]+)"/' } }
      - { opens: "\${link}", asks: PasswordCallback }
    told: [sent, mailDelivered, opened]
`),
  )
  expect(output).toMatch(/^1 walk: 1 passed/)
})

test.each([
  ['an unknown person', '{ to: nobody }', 'There is no person nobody to ask'],
  ['a person without an address', '{ to: kim }', "kim can't be asked: the link can't be emailed: noMail"],
  ['two lines', '{ to: alex, message: "a\\nb" }', 'the message must be one short line of plain text'],
])('a request to %s is broken', async (_case, request, message) => {
  const { status, output } = await tested(asked(`\n  - { it: is asked, steps: [{ request: ${request} }] }\n`))
  expect(output).toContain(`step 1: ${message}`)
  expect(status).toBe(2)
})

const updated = (walks: string) => ({
  'Login.json': login,
  'a.walk.yaml': `journey: Login\npeople: { alex: { givenName: Alex } }\nwalks:\n${walks}`,
})

test('an update of a person is no effect that the walk must declare', async () => {
  const signsIn = (update: string, end: string) => `
  - it: ${end} after ${update.replaceAll(/\W+/g, ' ')}
    steps:
      - { answer: { NameCallback: alex } }
      - update: { alex: ${update} }
      - { answer: { PasswordCallback: "\${alex.password}" }, ends: ${end} }
`
  const { output } = await tested(
    updated(
      signsIn('{ givenName: Lexi }', 'success') +
        signsIn('{ accountStatus: inactive }', 'failure') +
        signsIn('deleted', 'failure'),
    ),
  )
  expect(output).toMatch(/^3 walks: 3 passed/)
})

test.each([
  ['an unknown person', '{ nobody: deleted }', 'There is no person nobody to change'],
  ['an invalid value', '{ alex: { accountStatus: gone } }', 'The person alex cannot be changed'],
])('an update of %s is broken', async (_case, update, message) => {
  const { status, output } = await tested(
    updated(`\n  - { it: is changed, steps: [{ update: ${update} }] }\n`),
  )
  expect(output).toContain(`step 1: ${message}`)
  expect(status).toBe(2)
})
