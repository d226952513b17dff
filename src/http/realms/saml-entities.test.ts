import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { adminPassword, startServer, type TestServer } from '../../../test/support/start-server.ts'
import { signIn } from '../../../test/support/wire.ts'
import type { JsonObject } from '../../base/json.ts'

let server: TestServer
let token: string
const web = createServer((_request, response) => response.end(metadata))
let metadataUrl: string
beforeAll(async () => {
  await new Promise<void>((done) => web.listen(0, '127.0.0.1', done))
  const host = `127.0.0.1:${(web.address() as AddressInfo).port}`
  metadataUrl = `http://${host}/`
  server = await startServer({ httpAllow: [host] })
  token = await signIn(server.url, 'amadmin', adminPassword, '/')
})
afterAll(() => {
  web.close()
  return server.stop()
})

async function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const answer = await fetch(`${server.url}/json/realms/root/realms/alpha/realm-config/${path}`, {
    method,
    headers: { cookie: `iPlanetDirectoryPro=${token}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: (await answer.json()) as JsonObject }
}

const key = (entityId: string) => Buffer.from(entityId).toString('base64url')

const sp = {
  entityId: 'https://sp.example.com',
  serviceProvider: { services: { metaAlias: '/alpha/sp' }, advanced: {} },
}
const idp = 'https://idp.example.com'
const metadata = `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${idp}"/>`

describe('a hosted entity', () => {
  test('is created once, under its entity id in base64url', async () => {
    const created = await send('POST', 'saml2/hosted/?_action=create', sp)
    expect(created).toMatchObject({
      status: 201,
      body: { ...sp, _id: key(sp.entityId), entityLocation: 'hosted' },
    })
    expect((await send('POST', 'saml2/hosted/?_action=create', sp)).status).toBe(400)
  })

  test('is read, replaced and listed', async () => {
    const path = `saml2/hosted/${key(sp.entityId)}`
    const other = { ...sp, serviceProvider: { services: { metaAlias: '/alpha/other' } } }
    expect((await send('PUT', path, other)).status).toBe(200)
    expect((await send('GET', path)).body).toMatchObject(other)
    expect((await send('GET', 'saml2?_queryFilter=true')).body.result).toEqual([
      { _id: key(sp.entityId), entityId: sp.entityId, location: 'hosted', roles: ['serviceProvider'] },
    ])
  })

  test('gets a new key, which is announced before it signs', async () => {
    const path = `saml2/hosted/${key(sp.entityId)}/?_action=rotate`
    const rotated = await send('POST', path)
    expect(rotated.status).toBe(200)
    expect(rotated.body.result).toMatchObject([{ number: 1, isSigning: true }])
    expect((await send('POST', path, {})).body.result).toMatchObject([
      { number: 2, isSigning: false },
      { number: 1, isSigning: true },
    ])
    expect((await send('POST', path, { withdraw: true })).body.result).toMatchObject([
      { number: 3, isSigning: true },
    ])
    expect((await send('POST', `saml2/hosted/${key('none')}/?_action=rotate`, {})).status).toBe(404)
  })

  test.each([
    [{ serviceProvider: { services: { metaAlias: 'sp' } } }, 'metaAlias must be /alpha/NAME, and is sp'],
    [{ serviceProvider: { services: { metaAlias: '/sp' } } }, 'metaAlias must be /alpha/NAME, and is /sp'],
    [{ serviceProvider: { services: { metaAlias: '/alpha/' } } }, 'metaAlias must be /alpha/NAME'],
    [{ identityProvider: {} }, 'identityProvider: the server hosts service providers'],
    [
      {
        serviceProvider: {
          ...sp.serviceProvider,
          assertionContent: { signingAndEncryption: { encryption: { nameId: true } } },
        },
      },
      'encryption.nameId: only whole assertions can be encrypted',
    ],
  ])('is refused if it can’t work: %j', async (changed, message) => {
    const { status, body } = await send('PUT', `saml2/hosted/${key(sp.entityId)}`, { ...sp, ...changed })
    expect([status, body.message]).toEqual([400, expect.stringContaining(message)])
  })

  test('is only replaced in the expected revision', async () => {
    const answer = await send('PUT', `saml2/hosted/${key(sp.entityId)}`, sp, { 'if-match': '1' })
    expect(answer.status).toBe(412)
  })

  test.each([
    ['without a name', { serviceProvider: sp.serviceProvider }],
    ['without an alias', { entityId: sp.entityId, serviceProvider: { services: {} } }],
    ['under the name of another', { ...sp, entityId: 'https://other.example.com' }],
  ])('is refused %s', async (_, body) => {
    expect((await send('PUT', `saml2/hosted/${key(sp.entityId)}`, body)).status).toBe(400)
  })

  test('is not found among remote entities', async () => {
    const path = `saml2/remote/${key(sp.entityId)}`
    expect((await send('GET', path)).status).toBe(404)
    expect((await send('PUT', path, { entityId: sp.entityId, base64EntityXML: 'x' })).status).toBe(400)
  })
})

describe('a remote entity', () => {
  const path = `saml2/remote/${key(idp)}`

  test('is imported from metadata, which it keeps when its settings are written', async () => {
    const standardMetadata = key(metadata)
    const imported = await send('POST', 'saml2/remote/?_action=importEntity', { standardMetadata })
    expect(imported).toEqual({ status: 200, body: { importedEntities: [idp] } })
    expect((await send('PUT', path, { entityId: idp, identityProvider: {} })).status).toBe(200)
    expect((await send('GET', path)).body).toMatchObject({
      entityId: idp,
      entityLocation: 'remote',
      base64EntityXML: standardMetadata,
      identityProvider: {},
    })
  })

  test.each([
    ['no metadata', {}],
    ['other XML', { standardMetadata: key('<a/>') }],
    ['no XML', { standardMetadata: 'x' }],
  ])('is refused with %s', async (_, body) => {
    expect((await send('POST', 'saml2/remote/?_action=importEntity', body)).status).toBe(400)
  })

  test.each([
    [
      'imported',
      (xml: string) => send('POST', 'saml2/remote/?_action=importEntity', { standardMetadata: key(xml) }),
    ],
    ['written', (xml: string) => send('PUT', path, { entityId: idp, base64EntityXML: key(xml) })],
  ])('that can’t be asked is refused by name when %s', async (_, write) => {
    const xml = metadata.replace('/>', '><IDPSSODescriptor/></EntityDescriptor>')
    const { status, body } = await write(xml)
    expect([status, body.message]).toEqual([
      400,
      expect.stringContaining(`${idp} can't be used: the metadata`),
    ])
  })

  describe('by address', () => {
    const importEntity = (body: JsonObject) => send('POST', 'saml2/remote/?_action=importEntity', body)

    test('keeps it when its settings are written, until metadata are imported without one', async () => {
      expect((await importEntity({ metadataUrl })).body).toEqual({ importedEntities: [idp] })
      expect((await send('PUT', path, { entityId: idp, identityProvider: {} })).status).toBe(200)
      const body = expect.objectContaining({ metadataUrl, metadataReadAt: expect.any(Number) })
      expect(await send('GET', path)).toEqual({ status: 200, body })
      const standardMetadata = key(metadata)
      await importEntity({ standardMetadata })
      expect((await send('GET', path)).body).not.toHaveProperty('metadataUrl')
    })

    test.each([
      [{}, 'must have either standardMetadata or metadataUrl'],
      [{ standardMetadata: '', metadataUrl: '' }, 'must have either standardMetadata or metadataUrl'],
      [{ metadataUrl: 7 }, 'must have either standardMetadata or metadataUrl'],
      [{ metadataUrl: 'idp' }, 'metadataUrl: metadata can only be read over https'],
      [{ metadataUrl: 'http://idp.example.com/' }, 'metadataUrl: metadata can only be read over https'],
      [{ metadataUrl: 'ftp://127.0.0.1/' }, 'metadataUrl: '],
      [{ metadataUrl: 'https://10.0.0.7/' }, 'metadataUrl: '],
    ])('is refused by name: %j', async (body, message) => {
      const answer = await importEntity(body)
      expect([answer.status, answer.body.message]).toEqual([400, expect.stringContaining(message)])
    })

    test('that is not safe can’t be written either', async () => {
      const body = { entityId: idp, base64EntityXML: key(metadata), metadataUrl: 'http://idp.example.com/' }
      const answer = await send('PUT', path, body)
      expect([answer.status, answer.body.message]).toEqual([400, 'metadataUrl must be an https URL'])
    })
  })

  test('without metadata is refused', async () => {
    const other = 'https://other.example.com'
    expect((await send('PUT', `saml2/remote/${key(other)}`, { entityId: other })).status).toBe(400)
  })

  test('is removed once', async () => {
    expect((await send('DELETE', path)).status).toBe(200)
    expect((await send('DELETE', path)).status).toBe(404)
  })
})

test('entities are listed with the roles of their settings and of their metadata', async () => {
  const descriptors = '<SPSSODescriptor/><AttributeAuthorityDescriptor/>'
  const described = metadata.replace('/>', `>${descriptors}</EntityDescriptor>`)
  await send('POST', 'saml2/remote/?_action=importEntity', { standardMetadata: key(described) })
  expect((await send('GET', 'saml2?_queryFilter=true')).body.result).toContainEqual(
    expect.objectContaining({ entityId: idp, roles: ['serviceProvider', 'attributeAuthority'] }),
  )
})

test('a circle of trust is created, listed, replaced and removed', async () => {
  const circles = 'federation/circlesoftrust'
  const circle = { _id: 'ours', status: 'active', trustedProviders: [`${sp.entityId}|saml2`] }
  expect((await send('POST', `${circles}/?_action=create`, circle)).status).toBe(201)
  expect((await send('POST', `${circles}/?_action=create`, circle)).status).toBe(409)
  expect((await send('GET', `${circles}?_queryFilter=true`)).body.result).toMatchObject([circle])
  const inactive = { ...circle, status: 'inactive' }
  expect((await send('PUT', `${circles}/ours`, inactive)).body).toMatchObject(inactive)
  expect((await send('PUT', `${circles}/ours`, { trustedProviders: 'x' })).status).toBe(400)
  expect((await send('DELETE', `${circles}/ours`)).status).toBe(200)
  expect((await send('GET', `${circles}/ours`)).status).toBe(404)
})
