import { describe, expect, it } from 'vitest'
import { realmPath, resumeLink, transactionLinks } from './links.ts'

const baseUrl = 'https://sso.example.com/am'

describe('the links of a transaction', () => {
  it('name realm and transaction, each form in its own way', () => {
    expect(transactionLinks(baseUrl, '/alpha', 'id-1')).toEqual({
      get: `${baseUrl}/XUI/?realm=%2Falpha&authIndexType=transaction&authIndexValue=id-1`,
      post: `${baseUrl}/json/realms/root/realms/alpha/authenticate?authIndexType=transaction&authIndexValue=id-1`,
      parameters: 'realm=%2Falpha&authIndexType=transaction&authIndexValue=id-1',
    })
  })

  it('keep an id whole that means something in a URL', () => {
    const { get, post, parameters } = transactionLinks(baseUrl, '/', 'a&b=c#d e')
    for (const query of [new URL(get).search, new URL(post).search, parameters]) {
      expect(new URLSearchParams(query).get('authIndexValue')).toBe('a&b=c#d e')
    }
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
