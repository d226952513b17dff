import { afterAll, beforeAll, expect, it } from 'vitest'
import { saveJourney } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { Authenticator } from './authenticator.ts'
import { TestBrowser } from './browser.ts'
import { codeOn, headline, linkOn, openDesk, prepareCheck } from './desk.ts'
import { goOnAsCaller, heading, press, signInAddress, type } from './sign-in.ts'

let server: TestServer
let browser: TestBrowser

beforeAll(async () => {
  server = await startPrepared((stores) =>
    saveJourney(stores, 'Registers', {
      name: { type: 'UsernameCollectorNode', to: { outcome: 'passkey' } },
      passkey: {
        type: 'WebAuthnRegistrationNode',
        config: { requiresResidentKey: true, userVerificationRequirement: 'REQUIRED' },
        to: { success: 'success', failure: 'failure', error: 'failure', unsupported: 'failure' },
      },
    }),
  )
  browser = await TestBrowser.launch()
})
afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

it('verifies a caller who lost password and app, but not the passkey, for a strong action', async () => {
  const phone = await (await browser.person({ size: 'phone' })).newPage()
  await Authenticator.for(phone)
  await phone.goto(signInAddress(server, 'Registers'))
  await type(phone, { 'User Name': 'alex' })
  await press(phone, 'Continue')
  await phone.getByRole('heading', { name: 'Create a passkey' }).waitFor()
  await press(phone, 'Continue')
  await phone.getByRole('heading', { name: 'Done' }).waitFor()

  const desk = await openDesk(await browser.person(), server)
  await prepareCheck(desk, { check: 'Caller lost a device or password', action: 'Reset the password' })
  await press(desk, 'Start check')
  await desk.getByRole('radio', { name: /^Passkey/ }).check()
  await press(desk, 'Continue')
  await headline(desk, /^Give .* the link$/)

  const code = await codeOn(desk)
  await phone.goto(await linkOn(desk))
  await heading(phone).waitFor()
  await goOnAsCaller(phone)
  await type(phone, { 'Code that the agent reads to you': code })
  await press(phone, 'Continue')
  await desk.getByText('You may go ahead').first().waitFor()
  expect(await phone.getByLabel('Password', { exact: true }).count()).toBe(0)
  await press(desk, 'Mark as used for INC-48213')
  await headline(desk, /^Used/)

  await desk.emulateMedia({ media: 'print' })
  await desk.getByRole('heading', { name: 'Alex Caller', level: 1 }).waitFor()
  for (const name of ['What happened', 'Record']) await desk.getByRole('region', { name }).waitFor()
  // No other caller's name gets onto paper.
  expect(await desk.getByRole('navigation', { name: 'Checks' }).isVisible()).toBe(false)
})
