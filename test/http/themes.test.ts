import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { contrastOf } from '../../src/realms/contrast.ts'
import { type Ask, asking, audited } from '../support/rest.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

const path = '/openidm/config/ui/themerealm'
const appearance = '/realms/root/realms/alpha/appearance'
const picture = `data:image/png;base64,${Buffer.from('a picture').toString('base64')}`

let server: TestServer
let ask: Ask
let anonymous: Ask

beforeAll(async () => {
  server = await startServer()
  ask = asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))
  anonymous = asking(server.url, '')
})
afterAll(() => server.stop())
beforeEach(async () => {
  await put({ alpha: [], '/': [] })
})

const put = (realm: unknown, headers = {}) =>
  ask(path, { method: 'PUT', body: { _id: 'ui/themerealm', realm }, headers })

const larkfield = {
  _id: 'larkfield',
  name: 'Larkfield',
  isDefault: true,
  linkedTrees: [],
  organisationName: { en: 'Larkfield Health', fr: 'Santé Larkfield' },
  logo: picture,
  logoHeight: '72',
  favicon: 'https://larkfield.example/favicon.ico',
  primaryColor: '#324054',
  textColor: '#ffffff',
  journeyFooter: '<p>kept as it came</p>',
  privacyUrl: 'https://larkfield.example/privacy',
}

describe('themes', () => {
  test('are written and read like the vendor’s, including unknown members', async () => {
    const written = await put({ alpha: [larkfield] })
    expect(written.status).toBe(200)
    expect((await ask(path)).body).toMatchObject({
      _id: 'ui/themerealm',
      realm: { '/': [], alpha: [larkfield] },
    })
  })

  test('of realms that a write doesn’t name stay, and a new one gets an id', async () => {
    await put({ alpha: [larkfield] })
    await put({ '/': [{ name: 'Root' }] })
    const { realm } = (await ask(path)).body
    expect(realm.alpha).toEqual([larkfield])
    expect(realm['/']).toEqual([{ _id: expect.stringMatching(/^[0-9a-f-]{36}$/), name: 'Root' }])
  })

  test('for one revision are written once, in all realms of the write', async () => {
    const etag = (await ask(path)).headers.get('etag') ?? ''
    const names = ['One', 'Two', 'Three']
    const racers = await Promise.all(
      names.map((name) => put({ alpha: [{ name }], '/': [{ name }] }, { 'if-match': etag })),
    )
    expect(racers.map(({ status }) => status).toSorted()).toEqual([200, 412, 412])
    const name = names[racers.findIndex(({ status }) => status === 200)]
    expect((await ask(path)).body.realm).toMatchObject({ alpha: [{ name }], '/': [{ name }] })
  })

  test('of several realms at once are those of one write', async () => {
    const names = ['One', 'Two', 'Three']
    await Promise.all(names.map((name) => put({ alpha: [{ name }], '/': [{ name }] })))
    const { realm } = (await ask(path)).body
    expect(realm.alpha.map(({ name }: { name: string }) => name)).toEqual(
      realm['/'].map(({ name }: { name: string }) => name),
    )
    expect(realm.alpha).toHaveLength(1)
  })

  test.each([
    ['a button', { primaryColor: '#ffff00' }, ['textColor', 'primaryColor'], false],
    [
      'a text',
      { journeyCardTextColor: '#bbbbbb' },
      ['journeyCardTextColor', 'journeyCardBackgroundColor'],
      false,
    ],
    ['a button in the dark', { dark: { primaryColor: '#ffffff' } }, ['textColor', 'primaryColor'], true],
  ])('with %s of low contrast are stored unchanged, with a finding', async (_what, change, pair, isDark) => {
    const theme = { ...larkfield, ...change }
    const { status, body } = await put({ alpha: [theme] })
    expect(status).toBe(200)
    expect(body._findings).toContainEqual({
      realm: '/alpha',
      theme: 'Larkfield',
      pair,
      contrast: expect.any(Number),
      isDark,
      message: expect.stringContaining('needs 4.5:1. Pages use readable colours instead'),
    })
    expect(body._findings[0].contrast).toBeLessThan(4.5)
    const read = (await ask(path)).body
    expect(read.realm.alpha).toEqual([theme])
    expect(read).not.toHaveProperty('_findings')
  })

  test('of low contrast are corrected on the page', async () => {
    await put({ alpha: [{ ...larkfield, primaryColor: '#ffff00' }] })
    const { colours } = (await anonymous(appearance)).body
    expect(contrastOf(colours.light.onPrimary, colours.light.primary)).toBeGreaterThanOrEqual(4.5)
  })

  test.each([
    ['no realms', undefined, 'realm: must be an object with the themes of each realm'],
    ['no list', { alpha: {} }, 'realm.alpha: must be a list of at most 200 themes'],
    ['no name', { alpha: [{}] }, 'realm.alpha.0.name: must be a text'],
    [
      'a colour by name',
      { alpha: [{ name: 'A', primaryColor: 'red' }] },
      'realm.alpha.0.primaryColor: must be a colour such as #0d5a77',
    ],
    ['a script as a logo', { alpha: [{ name: 'A', logo: 'javascript:x' }] }, /^realm.alpha.0.logo: must be/],
    [
      'a page as a logo',
      { alpha: [{ name: 'A', logo: { en: 'data:text/html;base64,AAAA' } }] },
      /^realm.alpha.0.logo.en: must be/,
    ],
    [
      'a picture that is not in base64',
      { alpha: [{ name: 'A', favicon: 'data:image/svg+xml,<svg/>' }] },
      /^realm.alpha.0.favicon: must be/,
    ],
    [
      'a picture that is too large',
      { alpha: [{ name: 'A', backgroundImage: `data:image/png;base64,${'A'.repeat(1_000_000)}` }] },
      'realm.alpha.0.backgroundImage: must be an http or https URL, a path, or a data URI of a picture, with at most 1,000,000 characters',
    ],
    [
      'two with one name',
      { alpha: [{ name: 'A' }, { name: 'A' }] },
      'realm.alpha: two themes have the name A',
    ],
    [
      'two with one id',
      {
        alpha: [
          { _id: 'a', name: 'A' },
          { _id: 'a', name: 'B' },
        ],
      },
      'realm.alpha: two themes have the _id a',
    ],
    [
      'two defaults',
      {
        alpha: [
          { name: 'A', isDefault: true },
          { name: 'B', isDefault: true },
        ],
      },
      'realm.alpha: only one theme can be the default',
    ],
  ])('are rejected: %s', async (_what, realm, message) => {
    const { status, body } = await put(realm)
    expect(status).toBe(400)
    if (message instanceof RegExp) expect(body.message).toMatch(message)
    else expect(body.message).toBe(message)
  })

  test('of an unknown realm are rejected, and nothing is written', async () => {
    expect((await put({ alpha: [larkfield], nowhere: [] })).status).toBe(404)
    expect((await ask(path)).body.realm.alpha).toEqual([])
  })

  test('don’t overwrite a concurrent change, and changes are audited', async () => {
    const { body } = await ask(path)
    await put({ alpha: [larkfield] })
    expect((await put({ alpha: [] }, { 'if-match': `"${body._rev}"` })).status).toBe(412)
    const [entry] = await audited(ask, 'event=AM-CONFIG-CHANGE', '/realms/root')
    expect(entry).toMatchObject({ result: 'FAILED', what: { kind: 'theme' } })
  })

  test('are for administrators', async () => {
    expect((await anonymous(path)).status).toBe(401)
    const preview = { method: 'POST', body: larkfield }
    expect((await anonymous(`${path}?_action=preview`, preview)).status).toBe(401)
  })

  test('can be previewed before saving, even if incomplete', async () => {
    const changed = await audited(ask, 'event=AM-CONFIG-CHANGE', '/realms/root')
    const half = { primaryColor: '#ffff00', linkColor: '#12', dark: { primaryColor: '#27789a' } }
    const { status, body } = await ask(`${path}?_action=preview`, { method: 'POST', body: half })
    expect(status).toBe(200)
    const shown = { primary: '#0d5a77', onPrimary: '#ffffff', link: '#02536f' }
    expect(body.colours).toMatchObject({ light: shown, dark: { primary: '#27789a' } })
    const buttons = ['textColor', 'primaryColor']
    expect(body.pairs).toHaveLength(6)
    expect(body.pairs).toContainEqual({ pair: buttons, contrast: 1.07, isReadable: false, isDark: false })
    expect(body.pairs).toContainEqual({
      pair: buttons,
      contrast: expect.closeTo(4.95),
      isReadable: true,
      isDark: true,
    })
    expect((await ask(path)).body.realm.alpha).toEqual([])
    expect(await audited(ask, 'event=AM-CONFIG-CHANGE', '/realms/root')).toEqual(changed)
  })
})

describe('the appearance of a sign-in page', () => {
  test('is the default for everyone if the realm has no theme', async () => {
    const { status, body } = await anonymous(appearance)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      realm: '/alpha',
      theme: null,
      organisation: expect.any(String),
      logo: '',
      links: { help: null, privacy: null },
      locale: 'en',
      locales: ['en'],
      colours: { light: { primary: '#0d5a77' }, dark: { primary: '#27789a' } },
    })
  })

  test('comes from the theme, in the reader’s language', async () => {
    await put({ alpha: [larkfield] })
    const settings = '/realms/root/realms/alpha/realm-config/settings'
    await ask(settings, { method: 'PUT', body: { locales: { default: 'en', offered: ['en', 'fr'] } } })
    const { body } = await anonymous(`${appearance}?locale=fr-CA`)
    expect(body).toEqual({
      realm: '/alpha',
      theme: 'Larkfield',
      organisation: 'Santé Larkfield',
      logo: picture,
      logoAlt: 'Santé Larkfield',
      logoHeight: 72,
      favicon: 'https://larkfield.example/favicon.ico',
      backgroundImage: '',
      colours: {
        light: {
          primary: '#324054',
          onPrimary: '#ffffff',
          background: '#f1f4f6',
          onBackground: '#152329',
          surface: '#ffffff',
          text: '#152329',
          title: '#152329',
          link: '#02536f',
        },
        dark: expect.objectContaining({ primary: '#324054', surface: '#141c20' }),
      },
      properties: {
        light: expect.objectContaining({ '--accent': '#324054' }),
        dark: expect.objectContaining({ '--surface': '#141c20' }),
      },
      links: { help: null, privacy: 'https://larkfield.example/privacy' },
      locale: 'fr',
      locales: ['en', 'fr'],
    })
    const german = await anonymous(appearance, { headers: { 'accept-language': 'de' } })
    expect(german.body).toMatchObject({ locale: 'en', organisation: 'Larkfield Health' })
  })

  test('comes from the theme that names the journey', async () => {
    const desk = { name: 'Desk', linkedTrees: ['HelpDesk'], primaryColor: '#880a32' }
    await put({ alpha: [larkfield, desk] })
    expect((await anonymous(`${appearance}?journey=HelpDesk`)).body.theme).toBe('Desk')
    expect((await anonymous(`${appearance}?journey=Other`)).body.theme).toBe('Larkfield')
  })

  test('of an unknown realm is not found', async () => {
    expect((await anonymous('/realms/root/realms/nowhere/appearance')).status).toBe(404)
  })
})
