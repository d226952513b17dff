import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Stores } from '../../src/store/stores.ts'
import { startIdentityProvider } from '../support/identity-provider.ts'
import { saveJourney, scripted } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { contentFor, responseXml, startSamlIdentityProvider } from '../support/saml-identity-provider.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'
import { expectAccessible, TestBrowser } from './browser.ts'
import { startReturnAddress } from './return-address.ts'
import { openSignIn, press, signInAddress, type } from './sign-in.ts'
import { originOf } from './signed-in.ts'

// Journeys that redirect the browser to another site and continue when it returns.

let returnAddress: Awaited<ReturnType<typeof startReturnAddress>>
let provider: Awaited<ReturnType<typeof startIdentityProvider>>
let portal: Awaited<ReturnType<typeof startSamlIdentityProvider>>
let server: TestServer
let browser: TestBrowser

const byPost = `(function () {
  if (callbacks.isEmpty()) {
    callbacksBuilder.redirectCallback("https://elsewhere.example.com/sso", { SAMLRequest: "a+b", RelayState: "<x>" }, "POST", true);
  } else {
    nodeState.putShared("said", String(requestParameters.get("responsekey")));
    action.goTo("next");
  }
})();`

const show = `(function () {
  if (callbacks.isEmpty()) callbacksBuilder.textOutputCallback(0, "Brought: " + nodeState.get("said"));
  else action.goTo("next");
})();`

async function prepare(stores: Stores): Promise<void> {
  const noSession = false
  const handle = {
    type: 'SocialProviderHandlerNodeV2',
    to: { ACCOUNT_EXISTS: 'success', NO_ACCOUNT: 'create', SOCIAL_AUTH_INTERRUPTED: 'failure' },
  }
  const create = {
    type: 'CreateObjectNode',
    config: { identityResource: 'managed/alpha_user' },
    to: { CREATED: 'success', FAILURE: 'failure' },
  }
  const choose = {
    type: 'SelectIdPNode',
    to: { socialAuthentication: 'handle', localAuthentication: 'check' },
  }
  const only = { ...choose, config: { includeLocalAuthentication: false } }
  await saveJourney(stores, 'Social', { choose: only, handle, create }, { noSession })
  const nodes = [
    { id: 'sp-name', type: 'UsernameCollectorNode', config: {} },
    { id: 'sp-password', type: 'PasswordCollectorNode', config: {} },
    { id: 'sp-choose', type: 'SelectIdPNode', config: {} },
  ]
  for (const node of nodes) await stores.configuration.saveNode('/alpha', { ...node, version: '1.0' })
  const children = nodes.map(({ id, type }) => ({ _id: id, nodeType: type, displayName: id }))
  const check = { type: 'DataStoreDecisionNode', to: { true: 'success', false: 'failure' } }
  const page = { type: 'PageNode', config: { nodes: children }, to: choose.to }
  await saveJourney(stores, 'EitherWay', { page, handle, create, check }, { noSession })
  const inPlain = byPost.replace('https://elsewhere', 'http://elsewhere')
  await saveJourney(stores, 'PostsInPlain', {
    post: await scripted(stores, 'in-plain', inPlain, { next: 'success' }),
  })
  await saveJourney(stores, 'Posts', {
    post: await scripted(stores, 'by-post', byPost, { next: 'show' }),
    show: await scripted(stores, 'brought', show, { next: 'success' }),
  })
  const config = { idpEntityId: portal.entityId, metaAlias: '/alpha/sp', binding: 'HTTP_POST' }
  const welcome = {
    type: 'MessageNode',
    config: { message: { en: 'Welcome' } },
    to: { true: 'ask', false: 'failure' },
  }
  const ask = {
    type: 'product-Saml2Node',
    config,
    to: { ACCOUNT_EXISTS: 'success', NO_ACCOUNT: 'failure', ERROR: 'failure' },
  }
  await saveJourney(stores, 'Portal', { welcome, ask }, { noSession })
}

/** Trusts the portal, lets sign-in start there, and makes Ann's account. */
async function trustPortal(send: (path: string, body: object) => Promise<void>): Promise<void> {
  const entityId = 'https://sp.example.com'
  const assertionProcessing = {
    accountMapping: { useNameIDAsSPUserID: true },
    redirectTreeConfiguration: { redirectTreeName: 'Portal' },
  }
  const saml = 'realms/root/realms/alpha/realm-config'
  const trustedProviders = [`${entityId}|saml2`, `${portal.entityId}|saml2`]
  await send(`${saml}/saml2/hosted?_action=create`, {
    entityId,
    serviceProvider: { services: { metaAlias: '/alpha/sp' }, assertionProcessing },
  })
  await send(`${saml}/saml2/remote?_action=importEntity`, { standardMetadata: portal.metadata() })
  await send(`${saml}/federation/circlesoftrust?_action=create`, { _id: 'portal', trustedProviders })
}

beforeAll(async () => {
  returnAddress = await startReturnAddress()
  provider = await startIdentityProvider(returnAddress.url)
  portal = await startSamlIdentityProvider()
  server = await startPrepared(prepare, { httpAllow: [provider.host] })
  const token = await signIn(server.url, 'amadmin', adminPassword, '/')
  const services = `${server.url}/json/realms/root/realms/alpha/realm-config/services`
  const saved = await fetch(`${services}/SocialIdentityProviders/oidcConfig/ours`, {
    method: 'PUT',
    headers: { cookie: `iPlanetDirectoryPro=${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(provider.document),
  })
  expect(saved.ok).toBe(true)
  await trustPortal(async (path, body) => {
    const headers = { cookie: `iPlanetDirectoryPro=${token}`, 'content-type': 'application/json' }
    const answer = await fetch(`${server.url}/json/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    expect(answer.ok).toBe(true)
  })
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
  await Promise.all([provider.stop(), returnAddress.stop(), portal.stop()])
})

const cameBackTo = (parameters: string) => `${originOf(server)}/am/XUI/?realm=/alpha&${parameters}`

/**
 * A window in which the provider's redirect address leads back to the page, with the address that `back`
 * returns.
 */
async function withPerson(
  act: (person: BrowserContext) => Promise<void>,
  back = (parameters: URLSearchParams) => parameters.toString(),
): Promise<void> {
  returnAddress.leadsTo((parameters) => cameBackTo(back(parameters)))
  const person = await browser.person()
  await act(person)
  await person.close()
}

const ends = (page: Page, name: string) => page.getByRole('heading', { name }).waitFor()

/** Opens an address that redirects at once. */
async function leave(person: BrowserContext, journey: string): Promise<Page> {
  const page = await person.newPage()
  await page.goto(signInAddress(server, journey))
  return page
}

describe('an identity provider', () => {
  it('is opened at once if it is the only option, and signs the person in', () =>
    withPerson(async (person) => {
      const page = await leave(person, 'Social')
      await ends(page, 'You are signed in')
      await page.getByText('Ann Lee').waitFor()
      expect(page.url()).toBe(signInAddress(server, 'Social'))
      await page.reload()
      await ends(page, 'You are signed in')
    }))

  it('is one of two options on a page with a password', () =>
    withPerson(async (person) => {
      const page = await openSignIn(person, server, 'EitherWay')
      await expectAccessible(page)
      await type(page, { 'User Name': 'alex', Password: 'Alex-Pass-2026' })
      await press(page, 'Sign in')
      await ends(page, 'You are signed in')
      await page.getByText('Alex Caller').waitFor()
      await press(page, 'Sign out')
      await press(page, 'Sign in again')
      await press(page, 'Continue with Ours')
      await page.getByText('Ann Lee').waitFor()
    }))

  it('can return without a code, and the journey shows the failure', () =>
    withPerson(
      async (person) => {
        const page = await openSignIn(person, server, 'EitherWay')
        await type(page, { 'User Name': 'alex' })
        await press(page, 'Continue with Ours')
        await page.getByRole('alert').waitFor()
        expect(page.url()).toBe(signInAddress(server, 'EitherWay'))
      },
      (parameters) => `error=access_denied&state=${parameters.get('state')}`,
    ))

  it('refuses, and a journey that only leads there ends with the reason instead of going on for ever', () =>
    withPerson(
      async (person) => {
        const page = await leave(person, 'Social')
        await ends(page, 'Something went wrong')
        await page.getByText('Your sign-in on the other site was not accepted here.').waitFor()
        await press(page, 'Start again')
        await ends(page, 'Something went wrong')
      },
      (parameters) => `error=access_denied&state=${parameters.get('state')}`,
    ))

  it('can be left by going back, which restarts the journey', () =>
    withPerson(async (person) => {
      await person.route(`http://${provider.host}/**`, (route) => route.fulfill({ body: 'the provider' }))
      const page = await openSignIn(person, server, 'EitherWay')
      await press(page, 'Continue with Ours')
      await page.waitForURL(`http://${provider.host}/**`)
      await page.goBack()
      await page.getByLabel('User Name').waitFor()
      await type(page, { 'User Name': 'alex', Password: 'Alex-Pass-2026' })
      await press(page, 'Sign in')
      await ends(page, 'You are signed in')
    }))

  it('can return to another window, which explains that it has no journey', () =>
    withPerson(async (person) => {
      const page = await person.newPage()
      await page.goto(cameBackTo('code=abc&state=def'))
      await ends(page, 'Your sign-in can’t continue here')
      await press(page, 'Start again')
      await ends(page, 'Sign in')
    }))
})

describe('a portal of a SAML identity provider', () => {
  it('signs a person in through the journey of the service provider, once', () =>
    withPerson(async (person) => {
      const consumer = `${originOf(server)}/am/AuthConsumer/metaAlias/alpha/sp`
      const content = contentFor({
        ...{ entityId: portal.entityId, consumer, audience: 'https://sp.example.com', inResponseTo: '' },
        certified: portal.certified,
      })
      const drafted = (xml: string) => xml.replaceAll(' InResponseTo=""', '')
      const answer = Buffer.from(responseXml({ ...content, nameId: 'alex', drafted })).toString('base64')
      await person.route(`http://${portal.host}/**`, (route) =>
        route.fulfill({
          contentType: 'text/html',
          body: `<form method="post" action="${consumer}"><input type="hidden" name="SAMLResponse" value="${answer}"><button>Mail</button></form>`,
        }),
      )
      const page = await person.newPage()
      const open = async () => {
        await page.goto(portal.entityId)
        await press(page, 'Mail')
        await page.getByText('Welcome').waitFor()
      }
      await open()
      await press(page, 'Yes')
      await ends(page, 'You are signed in')
      await open()
      const asked = page.waitForRequest(`http://${portal.host}/sso?**`)
      await press(page, 'Yes')
      await asked
    }))
})

describe('a site that expects a form', () => {
  it('gets one, and its answer reaches the journey', () =>
    withPerson(async (person) => {
      let sent = ''
      await person.route('https://elsewhere.example.com/**', (route) => {
        sent = `${route.request().method()} ${route.request().postData()}`
        return route.fulfill({ status: 303, headers: { location: cameBackTo('responsekey=key-1') } })
      })
      const page = await leave(person, 'Posts')
      await page.getByText('Brought: ["key-1"]').waitFor()
      expect(sent).toBe('POST SAMLRequest=a%2Bb&RelayState=%3Cx%3E')
      await press(page, 'Continue')
      await ends(page, 'Done')
    }))

  it('is not sent one without TLS, and the page says that it cannot continue', () =>
    withPerson(async (person) => {
      const page = await person.newPage()
      await page.goto(signInAddress(server, 'PostsInPlain'), { waitUntil: 'commit' })
      // Locators wait for the end of the navigation that the browser has blocked.
      const heading = () => page.evaluate(() => document.querySelector('h1')?.textContent)
      await expect.poll(heading, { timeout: 20_000 }).toBe('Something went wrong')
      expect(browser.takeProblems().join()).toContain('refused by form-action')
    }))
})
