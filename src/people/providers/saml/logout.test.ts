import { beforeAll, expect, test } from 'vitest'
import { type Certified, certify } from '../../../../test/support/certificates.ts'
import { signedQuery } from '../../../../test/support/saml-identity-provider.ts'
import type { RealmDocument } from '../../../realms/document-store.ts'
import { createSealer } from '../../../secrets/seal.ts'
import type { Session } from '../../../sessions/session.ts'
import { saml } from './bindings.ts'
import { entityKey } from './entities.ts'
import { receiveLogout } from './logout.ts'

const [sp, idp] = ['https://sp.example.com', 'https://idp.example.com']
const metaAlias = '/alpha/sp'
const baseUrl = 'https://sso.example.com/am'

let certified: Certified
beforeAll(async () => {
  certified = await certify('CN=idp')
})

function documents(): RealmDocument[] {
  const descriptor = `<KeyDescriptor><KeyInfo><X509Data><X509Certificate>${certified.base64}</X509Certificate></X509Data></KeyInfo></KeyDescriptor><SingleSignOnService Binding="${saml.redirect}" Location="${idp}"/>`
  const xml = `<EntityDescriptor entityID="${idp}"><IDPSSODescriptor>${descriptor}</IDPSSODescriptor></EntityDescriptor>`
  const kind = 'saml2Entity'
  const remote = {
    entityId: idp,
    entityLocation: 'remote',
    base64EntityXML: Buffer.from(xml).toString('base64url'),
  }
  return [
    { kind, id: entityKey(sp), document: { entityId: sp, serviceProvider: { services: { metaAlias } } } },
    { kind, id: entityKey(idp), document: remote },
    { kind: 'circleOfTrust', id: 'ours', document: { trustedProviders: [`${sp}|saml2`, `${idp}|saml2`] } },
  ]
}

const signedIn = {
  metaAlias,
  idp,
  nameId: { value: 'ann', format: '', nameQualifier: '', spNameQualifier: '' },
}

const candidates = {
  'whose property a journey has set': 'not JSON',
  meant: { ...signedIn, sessionIndex: '1' },
  second: { ...signedIn, sessionIndex: '2' },
  'of another service provider': { ...signedIn, sessionIndex: '1', metaAlias: '/alpha/other' },
  'of another identity provider': { ...signedIn, sessionIndex: '1', idp: 'https://other.example.com' },
  'of another person': { ...signedIn, sessionIndex: '1', nameId: { ...signedIn.nameId, value: 'ben' } },
  'without a provider': undefined,
}

/** @returns which of the candidates a request ends, and where the browser goes. */
async function ended(indexes: string) {
  const xml = `<samlp:LogoutRequest xmlns:samlp="${saml.protocol}" xmlns:saml="${saml.assertion}" ID="_1" Version="2.0" IssueInstant="1970-01-01T00:00:00Z" Destination="${baseUrl}/SPSloRedirect/metaAlias${metaAlias}"><saml:Issuer>${idp}</saml:Issuer><saml:NameID>ann</saml:NameID>${indexes}</samlp:LogoutRequest>`
  const names: string[] = []
  const url = await receiveLogout(
    {
      documents: {
        all: async (_realm, kind) => documents().filter((one) => one.kind === kind),
        read: async (_realm, kind, id) => documents().find((one) => one.kind === kind && one.id === id),
      },
      sealer: createSealer(new Uint8Array(32)),
      spKeys: { published: () => Promise.reject(new Error('nothing is sent')) },
      now: () => 0,
      refreshMetadata: async () => false,
      useUp: () => Promise.reject(new Error('nobody signs in')),
      sessionsWith: async () =>
        Object.entries(candidates).map(([handle, found]) => {
          const properties: Record<string, string> =
            found === undefined
              ? {}
              : { SamlSession: typeof found === 'string' ? found : JSON.stringify(found) }
          return { handle, properties } as Session
        }),
      end: async ({ handle }) => names.push(handle),
    },
    { realm: '/alpha', baseUrl },
    metaAlias,
    { binding: saml.redirect, query: signedQuery('SAMLRequest', xml, certified) },
  )
  return { names, url }
}

test('a request ends only sessions of its provider, at this service provider, of this person', async () => {
  const index = (name: string) => `<samlp:SessionIndex>${name}</samlp:SessionIndex>`
  expect((await ended(index('1'))).names).toEqual(['meant'])
  expect((await ended(index('9') + index('2'))).names).toEqual(['second'])
  expect((await ended('')).names).toEqual(['meant', 'second'])
})

test('a provider without an address for logouts gets no answer', async () => {
  expect((await ended('')).url).toBeUndefined()
})
