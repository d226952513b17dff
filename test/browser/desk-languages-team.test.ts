import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { t } from '../../web/translate/translate.ts'
import { turnOffPause } from '../support/backchannel-client.ts'
import { agentSignsIn, deskOpens } from '../support/help-desk-play.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { answerStep, startJourney } from '../support/wire.ts'
import { TestBrowser } from './browser.ts'
import { reject } from './desk.ts'
import { languages, readerIn, setEnglish } from './desk-reader.ts'
import { press } from './sign-in.ts'
import { originOf } from './signed-in.ts'

let server: TestServer
let browser: TestBrowser
const lena = { realm: 'alpha', journey: 'Login', name: 'lena', password: 'Lena-Pass-2026' }

beforeAll(async () => {
  server = await startServer()
  await turnOffPause(server.url)
  browser = await TestBrowser.launch()
})

afterEach(setEnglish)

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

/** Dana starts a check that goes on, one that the caller rejects, and one that waits for a second agent. */
async function checksOfDana(): Promise<void> {
  const session = await agentSignsIn(server.url)
  const { id } = await deskOpens(server.url, session)
  await deskOpens(server.url, session)
  await reject(server, id)
  const headers = { iplanetdirectorypro: session }
  const query = '&ForceAuth=true&action=Unlock%20the%20account&ticket=INC-48213'
  const step = await startJourney(server.url, 'TwoAgents', { query, headers })
  await answerStep(server.url, step, ['alex@example.com'], { headers })
}

describe.each(languages)('the pages of a team in $locale', (language) => {
  it('show checks of all agents, their numbers, and requests for a second agent', async () => {
    await checksOfDana()
    const reader = await readerIn(language, browser, server, lena)
    const { page } = reader
    await page.goto(`${originOf(server)}/desk/wall`)
    const attack = t('Probably an attack: make sure that {agent} ends the call', { agent: 'Dana Desk' })
    await page.getByText(attack).locator('visible=true').first().waitFor()
    expect(await page.title()).toContain(t('Wall · Desk'))
    await page.getByText(language.action).first().waitFor()
    await page.getByText(t('Needs approval')).first().waitFor()
    await reader.reads('wall')

    await page.getByRole('link', { name: t('Look at it') }).click()
    await page.getByRole('button', { name: t('Approve'), exact: true }).waitFor()
    await page.getByText(language.action).first().waitFor()
    await press(page, t('Decline'))
    await page.getByRole('button', { name: t('Decline the check') }).waitFor()
    await reader.reads('decline')
    await press(page, t('Not yet'))
    await press(page, t('Approve'))
    await page.getByRole('button', { name: t('Approve the check') }).waitFor()
    await reader.reads('approve')
    await press(page, t('Not yet'))
    await reader.reads('request')

    await page.getByRole('link', { name: t('Numbers') }).click()
    await page.getByRole('heading', { name: t('How checks ended') }).waitFor()
    await reader.reads('numbers')
    for (const split of ['Action', 'Day', 'Hour of day'] as const) {
      await page.getByText(t(split), { exact: true }).last().click()
      await page.getByRole('columnheader', { name: t(split), exact: true }).waitFor()
    }
    await reader.reads('numbers of the day')
    await page.getByRole('link', { name: t('Time ran out') }).click()
    await page.getByRole('heading', { name: t('History'), level: 1 }).waitFor()
    await page
      .locator('a[href="/desk/history"][aria-current="page"]')
      .locator('visible=true')
      .first()
      .waitFor()
    expect(await page.getByRole('radio', { name: t('Unfinished') }).isChecked()).toBe(true)
    reader.expectOwnLanguage()
  })

  it('keep and hand over checks', async () => {
    await checksOfDana()
    const reader = await readerIn(language, browser, server, lena)
    const { page } = reader
    await page.goto(`${originOf(server)}/desk/history`)
    await page.getByRole('link', { name: 'Alex Caller' }).first().waitFor()
    await page.getByLabel(t('Search history')).fill(`alex ${language.action.split(' ')[0]}`)
    await page.getByRole('cell', { name: language.action }).first().waitFor()
    await reader.reads('history')
    await page.getByLabel(t('Search history')).fill('nobody')
    await page.getByText(t('No matching checks. Remove words, or choose All.')).waitFor()
    await page.goto(`${originOf(server)}/desk/new`)
    await page.getByLabel(t('Who is calling?')).fill('nobody at all')
    await page
      .getByText(
        t('Nobody found for “{text}”. Try only the surname, the email address or the phone number.', {
          text: 'nobody at all',
        }),
      )
      .waitFor()
    await page.getByLabel(t('Who is calling?')).fill('alex')
    await page.getByText(t('{count} people found.', { count: 1 })).waitFor()
    await reader.reads('people')
    await page.getByRole('option', { name: 'Alex Caller' }).click()
    await page.getByRole('radio', { name: language.action }).check()
    await page.getByText(t('Not enough for this ({count})', { count: 1 })).click()
    await page.getByRole('radio', { name: 'Verify a caller' }).check()
    await reader.reads('new check')
    await press(page, t('Start check'))
    await press(page, t('Hand over'))
    const dialog = page.getByRole('dialog', { name: t('Hand this check over?') })
    await dialog.getByRole('button', { name: t('Keep the check') }).waitFor()
    await reader.reads('hand over')
    await dialog.getByRole('button', { name: t('Offer') }).click()
    await page.getByText(t('Offered to the team.')).waitFor()
    await reader.reads('offered')
    await page.goto(`${originOf(server)}/desk/elsewhere`)
    await page.getByRole('heading', { name: t('Page not found') }).waitFor()
    await reader.reads('elsewhere')
    reader.expectOwnLanguage()
  })
})
