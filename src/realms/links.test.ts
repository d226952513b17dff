import { describe, expect, it } from 'vitest'
import { realmPath, resumeLink, transactionLinks } from './links.ts'
import { type RealmSettings, realmSettingsSchema } from './realm.ts'

const baseUrl = 'https://sso.example.com/am'

const realmOf = (path: string, settings: Partial<RealmSettings> = {}) => ({
  path,
  settings: realmSettingsSchema.parse(settings),
})

describe('the links of a transaction', () => {
  it('contain realm and transaction in both forms', () => {
    expect(transactionLinks(realmOf('/alpha'), baseUrl, 'id-1')).toEqual({
      get: `${baseUrl}/XUI/?realm=%2Falpha&authIndexType=transaction&authIndexValue=id-1`,
      post: `${baseUrl}/json/realms/root/realms/alpha/authenticate?authIndexType=transaction&authIndexValue=id-1`,
      parameters: 'realm=%2Falpha&authIndexType=transaction&authIndexValue=id-1',
    })
  })

  it('encode ids with reserved characters', () => {
    const { get, post, parameters } = transactionLinks(realmOf('/'), baseUrl, 'a&b=c#d e')
    for (const query of [new URL(get).search, new URL(post).search, parameters]) {
      expect(new URLSearchParams(query).get('authIndexValue')).toBe('a&b=c#d e')
    }
  })
})

describe('the base URL that a realm sets for its links', () => {
  const allowedHosts = ['id.example.com', 'localhost:8443']

  it.each([
    ['https://id.example.com/am', 'https://id.example.com/am'],
    ['https://id.example.com', 'https://id.example.com/am'],
    ['https://id.example.com/am/', 'https://id.example.com/am'],
    ['http://localhost:8443/am', 'http://localhost:8443/am'],
  ])('overrides that of the request: %s', (linkBaseUrl, base) => {
    const { get, post } = transactionLinks(realmOf('/alpha', { linkBaseUrl, allowedHosts }), baseUrl, 'id-1')
    expect(get.startsWith(`${base}/XUI/?`)).toBe(true)
    expect(post.startsWith(`${base}/json/`)).toBe(true)
  })

  it('is ignored if its host does not belong to the realm', () => {
    const realm = realmOf('/alpha', { linkBaseUrl: 'https://evil.example/am', allowedHosts })
    expect(transactionLinks(realm, baseUrl, 'id-1').get.startsWith(`${baseUrl}/XUI/?`)).toBe(true)
  })

  it.each([
    'id.example.com',
    'javascript:alert(1)',
    'https://me@id.example.com/am',
    'https://id.example.com/other',
    'https://id.example.com/am?x=1',
    'https://id.example.com/am#x',
  ])('must be a plain base URL: %s', (linkBaseUrl) => {
    expect(realmSettingsSchema.safeParse({ linkBaseUrl }).success).toBe(false)
  })
})

it('a resume link names realm and suspension', () => {
  expect(resumeLink(baseUrl, '/alpha', 'one+time')).toBe(
    `${baseUrl}/XUI/?realm=%2Falpha&suspendedId=one%2Btime`,
  )
})

it.each([
  ['/', '/realms/root'],
  ['/alpha', '/realms/root/realms/alpha'],
  ['/alpha/beta', '/realms/root/realms/alpha/realms/beta'],
  ['/a b', '/realms/root/realms/a%20b'],
])('the path of realm %s is %s', (realm, path) => {
  expect(realmPath(realm)).toBe(path)
})
