import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { turnOffPause } from '../support/backchannel-client.ts'
import { agentSignsIn, callerSignsIn, deskOpens, letAnyoneStartChecks } from '../support/help-desk-play.ts'
import { saveVariant } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { expectGoodInEveryLook, TestBrowser } from './browser.ts'
import { asking, nodesAsking, saveCallbackJourneys } from './callback-journeys.ts'
import { goOnAsCaller, heading, openSignIn, press, saysNotMe, signInAddress, type } from './sign-in.ts'
import { originOf } from './signed-in.ts'

let server: TestServer
let browser: TestBrowser

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    await saveCallbackJourneys(stores)
    await saveVariant(stores, 'HelpDesk', 'HelpDeskOnce', { BackChannelInitNode: { allowRetry: false } })
  })
  await turnOffPause(server.url)
  browser = await TestBrowser.launch()
  await letAnyoneStartChecks(server.url)
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

/** Callbacks that load scripts from other sites have their own tests. */
const kinds = [
  ...Object.keys(asking),
  ...Object.keys(nodesAsking).filter((kind) => !kind.startsWith('ReCaptcha')),
]

describe('a page of the journey', () => {
  it.each(kinds)('with a %s is accessible in light and dark, and fits desktop and phone', async (kind) => {
    const page = await openSignIn(await browser.person(), server, kind)
    // Some parts load after the heading.
    await page.locator('form > *').first().waitFor({ state: 'attached' })
    await expectGoodInEveryLook(page)
  })
})

const ends = (page: Page, name: string) => page.getByRole('heading', { name }).waitFor()

/** Starts a check and opens its link. @returns the transaction id. */
async function openLink(page: Page, journey = 'HelpDesk'): Promise<string> {
  const { id, link } = await deskOpens(server.url, await agentSignsIn(server.url), { journey })
  await page.goto(link.replace(new URL(server.url).origin, originOf(server)))
  await ends(page, 'Who called?')
  return id
}

async function signIn(page: Page, password = 'Alex-Pass-2026'): Promise<void> {
  await page.goto(signInAddress(server, 'Login'))
  await type(page, { Username: 'alex', Password: password })
  await press(page, 'Sign in')
}

/** Pages without a journey's questions, and how people get there. */
const sights: Readonly<Record<string, (page: Page, person: BrowserContext) => Promise<unknown>>> = {
  'signed in': async (page) => {
    await signIn(page)
    await page.getByText('Alex Caller').waitFor()
  },
  'signed out': async (page) => {
    await signIn(page)
    await page.getByText('Alex Caller').waitFor()
    await press(page, 'Sign out')
    await page.getByRole('button', { name: 'Sign in again' }).waitFor()
  },
  'end of a journey without a session': async (page) => {
    await page.goto(signInAddress(server, 'NameCallback'))
    await type(page, { Username: 'alex' })
    await press(page, 'Continue')
    await page.getByText('Answered: ').waitFor()
    await press(page, 'Continue')
    await ends(page, 'Done')
  },
  'failed sign-in': async (page) => {
    await page.goto(signInAddress(server, 'Login'))
    for (let tries = 0; tries < 4; tries++) {
      await type(page, { Username: 'alex', Password: `wrong-${tries}` })
      const answer = page.waitForResponse('**/authenticate**')
      await press(page, 'Sign in')
      await answer
    }
    await page.getByRole('alert').waitFor()
  },
  'unknown journey': async (page) => {
    await page.goto(signInAddress(server, 'Nowhere'))
    await heading(page).waitFor()
  },
  offline: async (page, person) => {
    await page.goto(signInAddress(server, 'NameCallback'))
    await type(page, { Username: 'alex' })
    await person.setOffline(true)
    await press(page, 'Continue')
    await page.getByRole('alert').getByText('You are offline.').waitFor()
  },
  'return from an unknown site': async (page) => {
    await page.goto(`${originOf(server)}/am/XUI/?realm=/alpha&code=abc&state=def`)
    await ends(page, 'Your sign-in can’t continue here')
  },
  'used link of an email': async (page) => {
    await page.goto(`${originOf(server)}/am/XUI/?realm=/alpha&suspendedId=none`)
    await heading(page).waitFor()
  },
  'the agent who asks': async (page) => openLink(page),
  'questions to the caller': async (page) => {
    await openLink(page)
    await goOnAsCaller(page)
    await page.getByLabel('Password', { exact: true }).waitFor()
  },
  'verified caller': async (page) => {
    await openLink(page)
    await goOnAsCaller(page)
    await type(page, { Password: 'Alex-Pass-2026' })
    await press(page, 'Sign in')
    await ends(page, 'You’re verified. Go back to your call.')
  },
  'after "This is not me"': async (page) => {
    await openLink(page)
    await press(page, 'I called the help desk')
    await saysNotMe(page)
    await ends(page, 'Thank you. We’ve told Dana Desk.')
  },
  'link completed elsewhere': async (page) => {
    const id = await openLink(page)
    await callerSignsIn(server.url, id)
    await page.reload()
    await heading(page).waitFor()
  },
  'check ended without proof': async (page) => {
    await openLink(page, 'HelpDeskOnce')
    await goOnAsCaller(page)
    await type(page, { Password: 'wrong' })
    await press(page, 'Sign in')
    await ends(page, 'This check has ended')
  },
  'expired link': async (page) => {
    const query = 'realm=/alpha&authIndexType=transaction&authIndexValue=none'
    await page.goto(`${originOf(server)}/am/XUI/?${query}`)
    await ends(page, 'This link no longer works')
  },
}

describe('the sign-in page', () => {
  it.each(Object.keys(sights))(
    'is accessible in light and dark, and fits desktop and phone: %s',
    async (name) => {
      const person = await browser.person()
      const page = await person.newPage()
      await sights[name]?.(page, person)
      await expectGoodInEveryLook(page)
      await person.close()
    },
  )
})
