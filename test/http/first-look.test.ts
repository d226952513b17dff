import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { get, signInAsAdministrator } from '../support/backchannel-client.ts'
import { agentSignsIn, deskOpens } from '../support/help-desk-play.ts'
import { saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { rawRequest } from '../support/raw-request.ts'
import { asking } from '../support/rest.ts'
import type { TestServer } from '../support/start-server.ts'

let server: TestServer
let origin: string

const longPicture = `data:image/png;base64,${'A'.repeat(40_000)}`

/** Ends elements and attributes, calls a reference of `replace`, and turns the direction of texts. */
const hostile = '</script><!--title-->"\'$&{{slow}}<b>\u202e'

beforeAll(async () => {
  server = await startPrepared(
    async (stores) => {
      await saveRealm(stores, '/shop', {
        locales: { default: 'en', offered: ['en', 'de'] },
        allowedHosts: ['shop.example'],
      })
      await saveRealm(stores, '/small', { limits: { requestsPerAddress: 2 } })
      await saveRealm(stores, '/closed')
      const closed = await stores.realms.read('/closed')
      if (closed !== undefined) await stores.realms.save({ ...closed, isActive: false })
      const theme = (id: string, more: object) => ({ id, document: { _id: id, name: id, ...more } })
      await stores.documents.replaceAll('/alpha', 'theme', [
        theme('alpha', { isDefault: true, organisationName: hostile, primaryColor: '#7a1f6b' }),
        theme('calls', { linkedTrees: ['VerifyCaller'], organisationName: 'Callers' }),
      ])
      await stores.documents.replaceAll('/small', 'theme', [
        theme('small', {
          isDefault: true,
          organisationName: 'Small',
          logo: longPicture,
          favicon: longPicture,
          logoAltText: 'a'.repeat(500),
        }),
        theme('long', { linkedTrees: ['Long'], organisationName: 'L'.repeat(70_000) }),
      ])
      await stores.documents.replaceAll('/shop', 'theme', [
        theme('shop', {
          isDefault: true,
          organisationName: { en: 'The Shop', de: 'Der Laden' },
          logo: 'data:image/png;base64,AAAA',
          favicon: '/shop.png',
          backgroundImage: longPicture,
        }),
      ])
    },
    { trustedProxies: ['127.0.0.1'] },
  )
  origin = new URL(server.url).origin
})
afterAll(() => server.stop())

async function pageAt(query: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${origin}/am/XUI/${query}`, {
    headers: { 'accept-language': 'en', ...headers },
  })
  expect(response.status).toBe(200)
  const html = await response.text()
  return {
    html,
    look: lookIn(html),
    title: /<title>([^<]*)<\/title>/.exec(html)?.[1],
    headers: response.headers,
  }
}

function lookIn(html: string) {
  const data = /<script type="application\/json" id="first-look">([^<]*)<\/script>/.exec(html)?.[1]
  return data === undefined ? undefined : JSON.parse(data)
}

const from = (address: string) => ({ 'x-forwarded-for': address })

describe('the HTML of the sign-in page', () => {
  test('has the name, the logo, the icon and the colours of its realm, and is not stored', async () => {
    const { html, look, title, headers } = await pageAt('?realm=/shop')
    expect(title).toBe('Sign in · The Shop')
    expect(html).toContain('<img src="data:image/png;base64,AAAA" alt="The Shop" height="40">')
    expect(html).toContain('<link rel="icon" href="/shop.png">')
    expect(look.appearance.properties.light['--accent']).toMatch(/^#/)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('content-security-policy')).toContain("script-src 'self'; style-src 'self';")
  })

  test.each([
    ['de-CH,en;q=0.5', '', 'de', 'ltr', 'Anmelden · Der Laden'],
    ['ja', '', 'en', 'ltr', 'Sign in · The Shop'],
    ['en', '&locale=ar', 'ar', 'rtl', 'تسجيل الدخول · The Shop'],
    ['ar', '&locale=nonsense', 'ar', 'rtl', 'تسجيل الدخول · The Shop'],
  ])('is in the language %s%s', async (language, more, lang, direction, title) => {
    const page = await pageAt(`?realm=/shop${more}`, { 'accept-language': language })
    expect(page.html).toContain(`<html lang="${lang}" dir="${direction}">`)
    expect([page.title, page.look.language]).toEqual([title, lang])
  })

  test('leaves out a background that would delay it, and says so', async () => {
    const { html, look } = await pageAt('?realm=/shop')
    expect(look).toMatchObject({ isWhole: false, appearance: { backgroundImage: '' } })
    expect(html.length).toBeLessThan(10_000)
  })

  test('leaves out a logo and an icon that would delay it, and shows the name meanwhile', async () => {
    const { html, look } = await pageAt('?realm=/small', from('198.51.100.1'))
    expect(look).toMatchObject({ isWhole: false, appearance: { logo: '', favicon: '' } })
    expect(html).toContain('<bdi>Small</bdi>')
    expect(html.length).toBeLessThan(10_000)
  })

  test('leaves a look with very long texts to the page', async () => {
    const { html, look, title } = await pageAt('?realm=/small&service=Long', from('198.51.100.2'))
    expect(look).toBeUndefined()
    expect(title).toBe(`Sign in · ${'L'.repeat(80)}`)
    expect(html.length).toBeLessThan(10_000)
  })

  test('shows a changed theme at once', async () => {
    const ask = asking(server.url, await signInAsAdministrator(server.url))
    const put = (name: string) =>
      ask('/openidm/config/ui/themerealm', {
        method: 'PUT',
        body: {
          _id: 'ui/themerealm',
          realm: { '/': [{ name: 'Root', isDefault: true, organisationName: name }] },
        },
      })
    for (const name of ['Before', 'After']) {
      expect((await put(name)).status).toBe(200)
      expect((await pageAt('?realm=/')).title).toBe(`Sign in · ${name}`)
    }
  })

  test('is not changed by what an author writes into a theme', async () => {
    const { html, look, title } = await pageAt('?realm=/alpha')
    expect(look.appearance.organisation).toBe(hostile)
    expect(title).not.toContain('\u202e')
    expect(html.match(/<\/script>/g)).toHaveLength(
      (await pageAt('?realm=/shop')).html.match(/<\/script>/g)?.length ?? 0,
    )
    expect(html).toContain('<bdi>&lt;/script&gt;&lt;!--title--&gt;&quot;&#39;$&amp;{{slow}}&lt;b&gt;</bdi>')
    expect(html).not.toContain('<b>')
  })

  test.each(['?realm=/nothing', '?realm=/closed', '?code=1&state=2', '?realm=%2Fshop%00'])(
    'has the look of no realm at %s',
    async (query) => {
      const { html, look, title } = await pageAt(query)
      expect([look, title]).toEqual([undefined, 'Sign in'])
      expect(html).toContain('<bdi></bdi>')
    },
  )

  test.each([
    ['shop.example', '/shop', '/shop'],
    ['shop.example', '/alpha', undefined],
    ['localhost', '/alpha', '/alpha'],
  ])('at the host %s, has the look of %s only where the API has it', async (host, realm, shown) => {
    const get = (path: string) =>
      rawRequest(server.url, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
    const page = await get(`/am/XUI/?realm=${realm}`)
    expect([page.status, lookIn(page.body)?.realm]).toEqual([200, shown])
    const { status } = await get(`/am/json/realms/root/realms${realm}/appearance`)
    expect(status).toBe(shown === undefined ? 400 : 200)
  })

  test('has no look above the limit of the address, which counts pages and calls of the API alike', async () => {
    const headers = from('198.51.100.3')
    const call = () => fetch(`${server.url}/json/realms/root/realms/small/appearance`, { headers })
    expect((await pageAt('?realm=/small', headers)).look).toBeDefined()
    expect((await call()).status).toBe(200)
    const { look, title } = await pageAt('?realm=/small', headers)
    expect([look, title]).toEqual([undefined, 'Sign in'])
    expect((await call()).status).toBe(429)
    expect(server.logged()).not.toContain('reading the look of a page failed')
    expect((await pageAt('?realm=/small', from('198.51.100.4'))).look).toBeDefined()
  })

  test.each(['alpha', '/alpha/', '//alpha'])('knows the realm as %s', async (realm) => {
    expect((await pageAt(`?realm=${realm}`)).look.realm).toBe('/alpha')
  })
})

describe('the HTML of a caller’s link', () => {
  const linkTo = (id: string) => `?realm=/alpha&authIndexType=transaction&authIndexValue=${id}`

  test('has the theme of the caller’s journey, and an unknown link that of the realm', async () => {
    const { id } = await deskOpens(server.url, await agentSignsIn(server.url))
    expect((await pageAt(linkTo(id))).look).toMatchObject({
      journey: 'VerifyCaller',
      appearance: { organisation: 'Callers' },
    })
    const unknown = (await pageAt(linkTo('unknown'))).look
    expect(unknown.appearance.organisation).toBe(hostile)
    expect(unknown.journey).toBeUndefined()
  })

  test('does not work in another realm', async () => {
    const { id } = await deskOpens(server.url, await agentSignsIn(server.url))
    const { look } = await pageAt(linkTo(id).replace('/alpha', '/shop'))
    expect(look.journey).toBeUndefined()
    expect(look.appearance.organisation).toBe('The Shop')
  })

  test('has its id neither in the HTML nor in the log, and reading it changes nothing', async () => {
    const session = await agentSignsIn(server.url)
    const { id, reference } = await deskOpens(server.url, session)
    const check = () => get(server.url, `help-desk/verifications/${reference}`, { session })
    const before = await check()
    expect((await pageAt(linkTo(id))).html).not.toContain(id)
    expect((await check()).body).toEqual(before.body)
    expect(server.logged()).not.toContain(id)
  })
})

test('the page for short codes has the language of the reader', async () => {
  const response = await fetch(`${origin}/c`, { headers: { 'accept-language': 'de' } })
  expect(await response.text()).toMatch(
    /lang="de" dir="ltr"[\s\S]*<title>Code vom Helpdesk eingeben · Sidegate</,
  )
})
