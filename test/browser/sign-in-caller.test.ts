import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { get, turnOffPause } from '../support/backchannel-client.ts'
import { agentOpens, caller, letAnyoneStartChecks, linkOf } from '../support/help-desk-play.ts'
import { saveVariant } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, signIn, startJourney } from '../support/wire.ts'
import { expectGoodInEveryLook, TestBrowser } from './browser.ts'
import { goOnAsCaller, heading, openSignIn, press, saysNotMe, type } from './sign-in.ts'
import { originOf } from './signed-in.ts'

let server: TestServer
let browser: TestBrowser

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    await saveVariant(stores, 'HelpDesk', 'HelpDeskOnce', { BackChannelInitNode: { allowRetry: false } })
  })
  await turnOffPause(server.url)
  await letAnyoneStartChecks(server.url)
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

/** Starts a check. @returns the caller's link. */
async function asked(journey = 'HelpDesk', query = ''): Promise<string> {
  return (await startedCheck(journey, query)).link
}

async function startedCheck(journey: string, query: string) {
  const token = await signIn(server.url, 'dana', 'Dana-Pass-2026')
  const headers = { iplanetdirectorypro: token }
  const started = await startJourney(server.url, journey, { headers, query: `&ForceAuth=true${query}` })
  const page = await answerStep(server.url, started, [caller.mail], { headers })
  const { link, reference } = await linkOf(server.url, page)
  const eventKinds = async () => {
    const { body } = await get(server.url, `help-desk/verifications/${reference}`, { session: token })
    return (body.timeline as { kind: string }[]).map(({ kind }) => kind)
  }
  return { link: link.replace(new URL(server.url).origin, originOf(server)), eventKinds }
}

async function open(link: string, person?: BrowserContext): Promise<Page> {
  const page = await (person ?? (await browser.person({ size: 'phone' }))).newPage()
  await page.goto(link)
  await heading(page).waitFor()
  return page
}

const ends = (page: Page, name: string | RegExp) => page.getByRole('heading', { name }).waitFor()

async function stateOf(link: string): Promise<unknown> {
  const transaction = new URL(link).searchParams.get('authIndexValue')
  const answer = await fetch(
    `${server.url}/json/realms/root/realms/alpha/authenticate/backchannel/describe`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ transaction }),
    },
  )
  const { state, result, ending } = (await answer.json()) as Record<string, unknown>
  return [state, result, ending]
}

/** Whether both buttons are equally wide, high and bold. */
async function expectAlike(page: Page, ...names: [string, string]): Promise<void> {
  const [first, second] = await Promise.all(
    names.map(async (name) => {
      const button = page.getByRole('button', { name, exact: true })
      const weight = await button.evaluate((element) => getComputedStyle(element).fontWeight)
      return { box: await button.boundingBox(), weight }
    }),
  )
  expect(first?.box?.width, names.join()).toBeCloseTo(second?.box?.width ?? 0, 0)
  expect([first?.box?.height, first?.weight], names.join()).toEqual([second?.box?.height, second?.weight])
}

describe("the agent's sign-in page", () => {
  it('says why it shows no link without a session', async () => {
    const page = await openSignIn(await browser.person(), server, 'HelpDesk')
    await page.getByRole('textbox').fill(caller.mail)
    await page.keyboard.press('Enter')
    await page.getByText('Sign in as an agent to see the caller’s link.').waitFor()
    await expectGoodInEveryLook(page)
  })
})

describe("the caller's page", () => {
  it('changes nothing when its link is fetched, as scanners of emails do, and reports when a person sees it', async () => {
    const { link, eventKinds } = await startedCheck('HelpDesk', '&action=Reset%20the%20password')
    const kinds = await eventKinds()
    expect((await fetch(link)).status).toBe(200)
    expect(await stateOf(link)).toEqual(['CREATED', 'UNKNOWN', null])
    expect(await eventKinds()).toEqual(kinds)
    expect(kinds).not.toContain('viewed')

    const before = browser.requests().length
    const page = await open(link)
    expect(await heading(page).textContent()).toBe('Who called?')
    await page.getByText('Dana Desk').waitFor()
    await page.getByText('Valid until').waitFor()
    await expect.poll(eventKinds).toContain('viewed')
    expect(await stateOf(link)).toEqual(['CREATED', 'UNKNOWN', null])
    const asking = browser
      .requests()
      .slice(before)
      .filter(({ method }) => method !== 'GET')
    expect(asking.map(({ path }) => path.split('/').at(-1))).toEqual(['describe', 'seen'])
    expect(await page.content()).not.toContain(new URL(link).searchParams.get('authIndexValue'))
  })

  it('shows long details in every look, offers both answers alike, and explains a reload', async () => {
    const details = `&action=Unlock+the+account&ticket=${'INC-'.repeat(16)}&reason=${'x'.repeat(200)}`
    const page = await open(await asked('HelpDesk', details))
    await expectGoodInEveryLook(page)
    await expectAlike(page, 'I called the help desk', 'Somebody called me')
    await press(page, 'I called the help desk')
    await page.getByRole('button', { name: 'Continue' }).waitFor()
    await expectGoodInEveryLook(page)
    await expectAlike(page, 'This is not me', 'Continue')
    await press(page, 'Continue')
    await page.getByLabel('Password', { exact: true }).waitFor()
    await page.getByText('For Dana Desk').waitFor()
    await expectGoodInEveryLook(page)
    const main = await page.getByRole('button', { name: 'Sign in' }).boundingBox()
    const out = await page.getByRole('button', { name: 'This is not me' }).boundingBox()
    expect(out?.width).toBe(main?.width)
    await page.reload()
    await page.getByText('You already started this in this window.').waitFor()
  })

  it('lets the caller sign in, and accepts "This is not me" afterwards', async () => {
    const link = await asked()
    const page = await open(link)
    await goOnAsCaller(page)
    await type(page, { Password: 'wrong' })
    await press(page, 'Sign in')
    await page.getByRole('alert').waitFor()
    await type(page, { Password: caller.password })
    await press(page, 'Sign in')
    await ends(page, 'You’re verified. Go back to your call.')
    await page.getByText('Dana Desk').waitFor()
    expect(await stateOf(link)).toEqual(['COMPLETED', 'APPROVED', 'approved'])
    await expectGoodInEveryLook(page)

    await saysNotMe(page, 'Wasn’t you? You can still tell us.')
    await ends(page, 'Thank you. We’ve told Dana Desk.')
    await page.getByText('The check had already finished').waitFor()
  })

  it.each(['code', 'step'])('accepts "This is not me" on the page with the %s', async (which) => {
    const link = await asked()
    const page = await open(link)
    if (which === 'code') await press(page, 'I called the help desk')
    else {
      await goOnAsCaller(page)
      await page.getByLabel('Password', { exact: true }).waitFor()
    }
    await saysNotMe(page)
    await ends(page, 'Thank you. We’ve told Dana Desk.')
    expect(await stateOf(link)).toEqual(['COMPLETED', 'DENIED', 'notMe'])
    if (which === 'code') await expectGoodInEveryLook(page)
  })

  it('reports "I’m not on the phone" although the network fails and the language changes meanwhile', async () => {
    const link = await asked()
    const page = await open(link)
    const { promise, resolve } = Promise.withResolvers<void>()
    let sent = 0
    await page.route(/\/backchannel\/reject/, async (route) => {
      sent++
      if (sent > 1) return route.continue()
      await promise
      return route.abort()
    })
    await saysNotMe(page, 'I’m not on the phone with anyone')
    await expect.poll(() => sent).toBe(1)
    await page.getByRole('combobox', { name: 'Language' }).selectOption('de')
    const yes = page.getByRole('button', { name: 'Ich habe nicht angerufen', exact: true })
    expect(await yes.getAttribute('aria-disabled')).toBe('true')
    resolve()
    await ends(page, 'Danke. Dana Desk weiß Bescheid.')
    expect(await stateOf(link)).toEqual(['COMPLETED', 'DENIED', 'notMe'])
  })

  it('shows when the link was opened twice, and when the other person was first', async () => {
    const link = await asked()
    const first = await open(link)
    await goOnAsCaller(first)
    await first.getByLabel('Password', { exact: true }).waitFor()
    const second = await open(link)
    await press(second, 'I called the help desk')
    await second.getByText('This link has already been opened somewhere else.').waitFor()
    await press(second, 'Continue')
    for (const [page, end] of [
      [second, 'You’re verified. Go back to your call.'],
      [first, 'This check has ended'],
    ] as const) {
      await type(page, { Password: caller.password })
      await press(page, 'Sign in')
      await ends(page, end)
    }
    await first.getByText('You’ve already completed this check.').waitFor()
    await expectGoodInEveryLook(first)
  })

  it('ends after a failure without retry', async () => {
    const page = await open(await asked('HelpDeskOnce'))
    await goOnAsCaller(page)
    await type(page, { Password: 'wrong' })
    await press(page, 'Sign in')
    await ends(page, 'This check has ended')
    await page.getByText('You were not verified. Go back to your call.').waitFor()
    await expectGoodInEveryLook(page)
  })

  it('shows one page without buttons for unknown, expired and cancelled links', async () => {
    const page = await open(
      `${originOf(server)}/am/XUI/?realm=/alpha&authIndexType=transaction&authIndexValue=none`,
    )
    expect(await heading(page).textContent()).toBe('This link no longer works')
    expect(await page.getByRole('button').count()).toBe(0)
    await expectGoodInEveryLook(page)
  })

  it('names only the organisation if no agent is known', async () => {
    const { link } = await linkOf(server.url, await agentOpens(server.url))
    const page = await open(link.replace(new URL(server.url).origin, originOf(server)))
    await page.getByText('wants to make sure it’s you.').waitFor()
    expect(await page.getByText('null').count()).toBe(0)
  })
})
