import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { signInAsAdministrator, turnOffPause } from '../support/backchannel-client.ts'
import { type Received, startGateways } from '../support/message-gateways.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { asking } from '../support/rest.ts'
import type { TestServer } from '../support/start-server.ts'
import { expectAccessible, expectNoSidewaysScroll, TestBrowser } from './browser.ts'
import { callerTypes, headline, openDesk, startCheck, timelineOn } from './desk.ts'
import { goOnAsCaller, heading, press } from './sign-in.ts'
import { originOf } from './signed-in.ts'

const settingsPath = '/realms/root/realms/alpha/realm-config/settings'

let gateways: Awaited<ReturnType<typeof startGateways>>
let server: TestServer
let browser: TestBrowser
let administrator: string

beforeAll(async () => {
  gateways = await startGateways()
  server = await startPrepared(async () => {}, { httpAllow: [gateways.host] })
  await turnOffPause(server.url)
  administrator = await signInAsAdministrator(server.url)
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
  await gateways.stop()
})

type Provider = keyof typeof gateways.settings.sms

async function useGateway(provider: Provider): Promise<void> {
  const messaging = { sms: gateways.settings.sms[provider] }
  const body = { messaging, helpDesk: { maxLinkMessagesPerPerson: 0 } }
  const saved = await asking(server.url, administrator)(settingsPath, { method: 'PUT', body })
  expect(saved.status).toBe(200)
}

/** The agent starts a check and presses the button. @returns what reached the caller's phone. */
async function textedBy(provider: Provider): Promise<{ desk: Page; message: Received }> {
  await useGateway(provider)
  const desk = await openDesk(await browser.person(), server)
  await startCheck(desk, { action: 'Unlock the account', ticket: 'INC-48213' })
  const before = gateways.received.length
  await desk.getByRole('button', { name: 'Send text message' }).click()
  const message = await gateways.arrived(before + 1)
  expect(message.provider).toBe(provider)
  return { desk, message }
}

const linkOn = (desk: Page) => desk.getByRole('region', { name: 'Link' })

/** Opens the address in the text of a message on a phone. */
async function openedFrom({ text }: Received): Promise<Page> {
  const [address = ''] = /http\S+/.exec(text) ?? []
  expect(address).toMatch(/\/c#\w{4}-\w{4}$/)
  const phone = await (await browser.person({ size: 'phone' })).newPage()
  await phone.goto(address.replace(new URL(server.url).origin, originOf(server)))
  await heading(phone).getByText('Enter the code from the help desk').waitFor()
  return phone
}

/** Reports a delivery as a gateway does. */
async function report({ statusUrl = '' }: Received, body: URLSearchParams | object): Promise<void> {
  const isForm = body instanceof URLSearchParams
  const { pathname } = new URL(statusUrl)
  const answer = await fetch(new URL(pathname, server.url), {
    method: 'POST',
    ...(isForm ? { body } : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  expect(answer.status).toBe(204)
}

it('leads a caller from the text message to the result, and the agent sees each step', async () => {
  const { desk, message } = await textedBy('twilio')
  await report(message, new URLSearchParams({ MessageStatus: 'sent' }))
  await linkOn(desk)
    .getByText(/^Text message to •••• 00 sent at .* Not delivered yet\.$/)
    .waitFor()
  await report(message, new URLSearchParams({ MessageStatus: 'delivered' }))
  await linkOn(desk)
    .getByText(/^Text message to •••• 00 delivered at/)
    .waitFor()
  expect(message.text).toContain('Larkfield Health: Dana Desk asks')
  await expectAccessible(desk)

  const phone = await openedFrom(message)
  await expectAccessible(phone)
  // The address fills the code in, but only a person sends it.
  await press(phone, 'Continue')
  await heading(phone).getByText('Who called?').waitFor()
  expect(phone.url()).not.toContain('#')
  await expectNoSidewaysScroll(phone)
  await timelineOn(desk).getByText('Used the short link').waitFor()
  await phone.getByText('INC-48213').waitFor()
  await goOnAsCaller(phone)
  await phone.getByLabel('Password', { exact: true }).waitFor()
  await headline(desk, 'Alex opened the link')
  await callerTypes(phone, 'Alex-Pass-2026')
  await heading(phone).getByText('You’re verified. Go back to your call.').waitFor()
  await headline(desk, 'Proven, but can’t be used')
  expect(server.logged()).not.toContain('2025550100')
})

it('says at the desk that a message waits until the gateway has taken it', async () => {
  await useGateway('twilio')
  const desk = await openDesk(await browser.person(), server)
  await startCheck(desk, { action: 'Unlock the account', ticket: 'INC-48213' })
  const asked = gateways.asked(gateways.attempts.length + 1)
  gateways.state.mood = 'slow'
  await desk.getByRole('button', { name: 'Send text message' }).click()
  await asked
  await linkOn(desk)
    .getByText(/^Text message to •••• 00 queued at .* Not sent yet\.$/)
    .waitFor()
  gateways.state.mood = 'fine'
  gateways.release()
  await linkOn(desk)
    .getByText(/^Text message to •••• 00 sent at .* Not delivered yet\.$/)
    .waitFor()
})

it('says at the desk that a message was not delivered', async () => {
  const { desk, message } = await textedBy('vonage')
  await report(message, { message_uuid: 'm', status: 'undeliverable' })
  await desk.getByText('The text message to •••• 00 failed. Share the link another way.').waitFor()
})
