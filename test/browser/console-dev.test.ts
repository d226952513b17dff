import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { asking } from '../support/rest.ts'
import { running, signedIn } from '../support/running-dev.ts'
import { projectFolder } from '../support/walk-project.ts'
import { expectAccessible, expectNoSidewaysScroll, TestBrowser } from './browser.ts'

const fixture = readFileSync(join(import.meta.dirname, '../fixtures/journeys/CodeByMail.json'), 'utf8')

const walks = (end: string) => `journey: CodeByMail
people: { mia: { mail: mia@example.com } }
walks:
  - it: refuses a wrong password
    steps: [{ answer: { NameCallback: mia, PasswordCallback: wrong } }]
    ends: ${end}
`

test('the panel shows emails, moves the clock, and follows the walks', async () => {
  const folder = projectFolder({
    'sidegate.yaml': 'configuration: [journeys]\n',
    'journeys/CodeByMail.json': fixture,
    'tests/mail.walk.yaml': walks('failure'),
  })
  const { dev, says } = await running(folder)
  const browser = await TestBrowser.launch()
  const person = await browser.person({})
  const token = await signedIn(dev, 'amadmin')
  await person.addCookies([{ name: 'iPlanetDirectoryPro', value: token, url: dev.url, httpOnly: true }])
  const page = await person.newPage()
  await page.goto(`${dev.url}/console/`)
  await page.getByRole('link', { name: 'Development' }).click()

  // An email with its code.
  const ask = asking(`${dev.url}/am`, '')
  const path = '/realms/root/realms/alpha/authenticate?authIndexType=service&authIndexValue=CodeByMail'
  const { body } = await ask(path, { method: 'POST' })
  for (const [index, value] of ['mia', dev.password].entries()) body.callbacks[index].input[0].value = value
  await ask(path, { method: 'POST', body })
  const mailbox = page.getByRole('region', { name: 'Mailbox' })
  await mailbox.getByText('mia@example.com').waitFor()
  expect(await mailbox.getByRole('textbox').first().inputValue()).toMatch(/^\d{8}$/)

  // Time passes, and the administrator stays signed in.
  const clock = page.getByRole('region', { name: 'Clock' })
  await clock.getByRole('button', { name: '+1 day' }).click()
  await clock.getByRole('button', { name: '+5 minutes' }).click()
  await clock.getByText('1 day, 5 minutes ahead').waitFor()

  // A walk fails after its file changed.
  await says('walks: 1 passed, 0 failed')
  const results = page.getByRole('region', { name: 'Walks' })
  await results.getByText('1 passed, 0 failed').waitFor()
  writeFileSync(join(folder, 'tests/mail.walk.yaml'), walks('success'))
  await results.getByText('0 passed, 1 failed').waitFor()
  await results.getByText('CodeByMail › refuses a wrong password').waitFor()

  await expectAccessible(page)
  await page.setViewportSize({ width: 390, height: 844 })
  await expectNoSidewaysScroll(page)
  browser.expectNoProblems()
  await browser.close()
})
