import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Browser } from '../support/browser-shims.ts'
import { FeedReader, sightOf } from '../support/feed-reader.ts'
import { saveJourney, scripted } from '../support/prepared-folder.ts'
import { logLines, startPrepared } from '../support/prepared-server.ts'
import {
  type SdkClient,
  type SdkFailure,
  type SdkResult,
  type SdkStep,
  type SdkSuccess,
  sdkClients,
} from '../support/sdk-clients.ts'
import type { TestServer } from '../support/start-server.ts'

const cookieName = 'iPlanetDirectoryPro'
const browser = new Browser()
let server: TestServer
let url: string

const suspends = `
if (resumedFromSuspend) action.goTo("next");
else action.suspend("Look at your email", function (uri) { logger.warn("mailed {}", uri); });`
const thanks = `
if (callbacks.isEmpty()) {
  callbacksBuilder.textInputCallback("How was it?", "good");
  action.withStage("feedback");
} else action.goTo("next");`

beforeAll(async () => {
  browser.install()
  server = await startPrepared(async (stores) => {
    await saveJourney(stores, 'Suspends', {
      wait: await scripted(stores, 'suspends', suspends, { next: 'thanks' }),
      thanks: await scripted(stores, 'thanks', thanks, { next: 'success' }),
    })
  })
  url = server.url
})

afterAll(async () => {
  await server.stop()
  browser.uninstall()
})

function stepOf(result: SdkResult): SdkStep {
  expect(result).toMatchObject({ type: 'Step' })
  return result as SdkStep
}

function successOf(result: SdkResult): SdkSuccess {
  expect(result).toMatchObject({ type: 'LoginSuccess' })
  return result as SdkSuccess
}

function failureOf(result: SdkResult): SdkFailure {
  expect(result).toMatchObject({ type: 'LoginFailure' })
  return result as SdkFailure
}

const typesOf = (step: SdkStep) => step.callbacks.map((callback) => callback.getType())
const outputOf = (step: SdkStep, name: string) =>
  step.callbacks
    .map((callback) => callback.getOutputByName<unknown>(name, undefined))
    .find((each) => each !== undefined)

/** Fills the callbacks in order and skips those whose value is undefined. */
function fill(step: SdkStep, ...values: unknown[]): SdkStep {
  for (const [place, value] of values.entries()) {
    if (value !== undefined) step.callbacks[place]?.setInputValue(value)
  }
  return step
}

describe.each(Object.entries(sdkClients))('%s', (_name, connect) => {
  let client: SdkClient

  beforeEach(async () => {
    browser.forgetCookies()
    client = await connect(url, 'alpha')
  })

  const answer = async (step: SdkStep, ...values: unknown[]) => client.next(fill(step, ...values))
  const begin = async (journey?: string, query?: Record<string, string>) =>
    stepOf(await client.start(journey, query))

  test('signs in with Login, keeps the session and signs out', async () => {
    const step = await begin('Login')
    expect(step.getHeader()).toBe('Sign in')
    expect(typesOf(step)).toEqual(['NameCallback', 'PasswordCallback'])
    const end = successOf(await answer(step, 'alex', 'Alex-Pass-2026'))
    expect(end.getSessionToken()).toEqual(expect.any(String))
    expect(end.getSuccessUrl()).toBe('/enduser/?realm=/alpha')
    expect(end.getRealm()).toBe('/alpha')
    // The second cookie identifies a known browser if the account is under attack.
    expect(browser.cookieNames.toSorted()).toEqual([cookieName, 'sidegate-device'])
    // A browser with a session skips the journey.
    expect(successOf(await client.start('Login')).getSuccessUrl()).toBe('/enduser/?realm=/alpha')
    await client.logout()
    expect(browser.cookieNames).toEqual(['sidegate-device'])
    expect((await begin('Login')).getHeader()).toBe('Sign in')
  })

  test('runs the default journey without a name', async () => {
    expect(typesOf(await begin())).toEqual(['NameCallback', 'PasswordCallback'])
  })

  test('has three more tries in Login and then fails', async () => {
    let result: SdkResult = await client.start('Login')
    for (let count = 0; count < 4; count++) result = await answer(stepOf(result), 'nobody', 'wrong')
    const end = failureOf(result)
    expect([end.getCode(), end.getReason(), end.getMessage()]).toEqual([401, 'Unauthorized', 'Login failure'])
    expect(browser.cookieNames).toEqual([])
  })

  test('gets no token and no cookie with noSession', async () => {
    const query = { noSession: 'true' }
    const step = fill(await begin('Login', query), 'alex', 'Alex-Pass-2026')
    const end = successOf(await client.next(step, query))
    expect(end.getSessionToken()).toBeUndefined()
    expect(browser.cookieNames).toEqual([])
  })

  test('signs in with PlatformLogin and learns that a person is locked out', async () => {
    expect(successOf(await answer(await begin('PlatformLogin'), 'dana', 'Dana-Pass-2026')).getRealm()).toBe(
      '/alpha',
    )
    browser.forgetCookies()
    const wrong = failureOf(await answer(await begin('PlatformLogin'), 'dana', 'wrong'))
    expect(wrong.getMessage()).toBe('Login failure')
    const locked = failureOf(await answer(await begin('PlatformLogin'), 'kim', 'Kim-Pass-2026'))
    expect(locked.getMessage()).toBe('User Locked Out.')
  })

  test('steps up with StepUp, or stops and gets a failure URL', async () => {
    const confirm = async () =>
      stepOf(await answer(await begin('StepUp', { ForceAuth: 'true' }), 'alex', 'Alex-Pass-2026'))
    const asked = await confirm()
    expect(typesOf(asked)).toEqual(['TextOutputCallback', 'ConfirmationCallback'])
    expect(outputOf(asked, 'options')).toEqual(['Continue', 'Stop'])
    const end = successOf(await answer(asked, undefined, 0))
    expect(end.getSuccessUrl()).toBe('/enduser/?realm=/alpha#step-up')
    const stopped = failureOf(await answer(await confirm(), undefined, 1))
    expect(stopped.getDetail()?.failureUrl).toContain('authIndexValue=Login')
  })

  test('runs scripts of both generations in Greeting', async () => {
    const choose = await begin('Greeting')
    expect(outputOf(choose, 'choices')).toEqual(['next generation', 'legacy'])
    const ask = stepOf(await answer(choose, 0))
    expect(ask.getHeader()).toBe('Greeting')
    expect(typesOf(ask)).toEqual(['NameCallback', 'ChoiceCallback'])
    expect(successOf(await answer(ask, 'Zoë', 2)).getSessionToken()).toBeUndefined()
    successOf(await answer(await begin('Greeting'), 1))
  })

  test('can continue after an invalid choice', async () => {
    const choose = await begin('Greeting')
    expect(failureOf(await answer(choose, 7)).getCode()).toBe(400)
    expect(stepOf(await answer(choose, 0)).getHeader()).toBe('Greeting')
  })

  test('gets an error for an unknown journey', async () => {
    const refused = failureOf(await client.start('Nowhere'))
    expect([refused.getCode(), refused.getMessage()]).toEqual([400, 'No Configuration found'])
  })

  test('verifies a caller with HelpDesk and VerifyCaller while the agent watches', async () => {
    successOf(await answer(await begin('Login'), 'dana', 'Dana-Pass-2026'))
    const waiting = stepOf(await answer(await begin('HelpDesk'), 'alex@example.com'))
    expect(typesOf(waiting)).toEqual(['PollingWaitCallback'])
    const feed = await FeedReader.open(url, { headers: { 'x-sidegate-authid': waiting.payload.authId } })
    const [snapshot] = await feed.first(1)
    const link = new URL(String(snapshot?.data.redirectUri))

    const opened = await client.start(undefined, {
      ...Object.fromEntries(link.searchParams),
      ForceAuth: 'true',
    })
    const credentials = stepOf(opened)
    expect(typesOf(credentials)).toEqual(['TextOutputCallback', 'PasswordCallback'])
    expect(outputOf(credentials, 'message')).toBe('alex')
    const progress = stepOf(await answer(waiting))
    expect(outputOf(progress, 'message')).toBe('Authentication in progress...')
    const verified = successOf(await answer(credentials, undefined, 'Alex-Pass-2026'))
    expect(verified.getSessionToken()).toEqual(expect.any(String))
    browser.forgetCookies()

    let page = progress
    while (typesOf(page).includes('PollingWaitCallback')) page = stepOf(await answer(page))
    expect(outputOf(page, 'message')).toBe('User successfully authenticated')
    expect(successOf(await answer(page)).getSessionToken()).toBeUndefined()
    expect((await feed.all()).map(sightOf)).toEqual([
      'snapshot',
      'IN_PROGRESS UNKNOWN',
      'User has entered their credentials',
      "User's credentials are valid",
      'COMPLETED APPROVED',
    ])
  })

  test('can’t verify an unknown caller or with a wrong password', async () => {
    browser.forgetCookies()
    expect(failureOf(await client.start('HelpDesk')).getCode()).toBe(401)
    successOf(await answer(await begin('Login'), 'dana', 'Dana-Pass-2026'))
    expect(failureOf(await answer(await begin('HelpDesk'), 'nobody@example.com')).getCode()).toBe(401)
    const waiting = stepOf(await answer(await begin('HelpDeskLink'), 'alex@example.com'))
    const link = new URL(String(outputOf(waiting, 'message')))
    browser.forgetCookies()
    const credentials = stepOf(await client.start(undefined, Object.fromEntries(link.searchParams)))
    expect(failureOf(await answer(credentials, undefined, 'wrong')).getMessage()).toBe('Login failure')
    const unknown = failureOf(
      await client.start(undefined, { authIndexType: 'transaction', authIndexValue: 'x' }),
    )
    expect(unknown.getMessage()).toBe('Unable to read transaction.')
    expect(unknown.getDetail()?.errorCode).toBe('128')
  })

  test('resumes a suspended journey from its link, once', async () => {
    const waiting = await begin('Suspends')
    expect(typesOf(waiting)).toEqual(['SuspendedTextOutputCallback'])
    expect(outputOf(waiting, 'message')).toBe('Look at your email')
    const link =
      logLines(server)
        .findLast(({ msg }) => msg.startsWith('mailed '))
        ?.msg.slice('mailed '.length) ?? ''
    const thanked = stepOf(await client.resume(link))
    expect([thanked.getStage(), outputOf(thanked, 'defaultText')]).toEqual(['feedback', 'good'])
    successOf(await answer(thanked, 'fine'))
    expect(failureOf(await client.resume(link)).getDetail()?.errorCode).toBe('110')
  })
})
