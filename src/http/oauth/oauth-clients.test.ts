import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  clientDocument,
  type OauthServer,
  scope,
  startOauthServer,
} from '../../../test/support/oauth-server.ts'
import type { JsonObject } from '../../base/json.ts'

let am: OauthServer
beforeEach(async () => {
  am = await startOauthServer()
})
afterEach(() => am.stop())

describe('the configuration of clients', () => {
  test('never shows the secret', async () => {
    const made = await am.configure('PUT', '/desk', { ...clientDocument(), _id: 'other' })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({
      _id: 'desk',
      _rev: expect.any(String),
      coreOAuth2ClientConfig: { userpassword: null, scopes: [scope, 'reports'] },
      _type: { _id: 'OAuth2Client' },
    })
    const read = await am.configure('GET', '/desk')
    expect(read).toEqual({ status: 200, body: made.body })
    const { body } = await am.configure('GET', '?_queryFilter=true')
    expect(body.result).toEqual([made.body])
    expect(JSON.stringify([body, await am.stores.oauthClients.all('/alpha')])).not.toMatch(/wonder-land/)
  })

  test('has plain values in a list, and the vendor’s pairs for a single client', async () => {
    const clientName = { inherited: false, value: ['Desk'] }
    const { body: made } = await am.configure('PUT', '/desk', clientDocument({ clientName }))
    expect(made.coreOAuth2ClientConfig.clientName).toEqual(clientName)
    const { body } = await am.configure('GET', '?_queryFilter=true')
    expect(body.result[0]).toMatchObject({
      _rev: made._rev,
      coreOAuth2ClientConfig: { clientName: ['Desk'], userpassword: null },
    })
  })

  test('keeps the secret if a document has none, and replaces it otherwise', async () => {
    await am.configure('PUT', '/desk', clientDocument())
    const { body } = await am.configure('GET', '/desk')
    expect((await am.configure('PUT', '/desk', body)).status).toBe(200)
    expect((await am.askToken()).status).toBe(200)
    await am.configure('PUT', '/desk', clientDocument({ userpassword: 'changed' }))
    expect((await am.askToken()).status).toBe(401)
    expect((await am.askToken({ client_secret: 'changed' })).status).toBe(200)
  })

  test.each([
    'https:app.example.com',
    'https:/app.example.com',
    'HTTP:app.example.com',
    'javascript:alert(1)',
    '/cb',
  ])('refuses a redirect URI like %s', async (uri) => {
    const { status, body } = await am.configure('PUT', '/desk', clientDocument({ redirectionUris: [uri] }))
    expect(status).toBe(400)
    expect(body.message).toContain('coreOAuth2ClientConfig.redirectionUris')
  })

  test('refuses an invalid document and names the member', async () => {
    const { status, body } = await am.configure('PUT', '/desk', clientDocument({ scopes: 'all' }))
    expect(status).toBe(400)
    expect(body.message).toMatch(/^Invalid OAuth2 client: coreOAuth2ClientConfig.scopes: /)
    const secret = await am.configure('PUT', '/desk', clientDocument({ userpassword: 'pässword' }))
    expect(JSON.stringify(secret)).not.toMatch(/ssword'?"?:? ?p|pässword/)
  })

  test('only creates with If-None-Match', async () => {
    await am.configure('PUT', '/desk', clientDocument())
    expect((await am.configure('PUT', '/desk', clientDocument(), { 'if-none-match': '*' })).status).toBe(412)
  })

  test('only changes the expected revision with If-Match', async () => {
    const ifMatch = (rev: string) => ({ 'if-match': `"${rev}"` })
    expect((await am.configure('PUT', '/desk', clientDocument(), ifMatch('1'))).status).toBe(404)
    const { body: read } = await am.configure('PUT', '/desk', clientDocument())
    const other = clientDocument({ clientName: ['Desk'] })
    const { status, body } = await am.configure('PUT', '/desk', other, ifMatch(read._rev))
    expect(status).toBe(200)
    expect((await am.configure('PUT', '/desk', clientDocument(), ifMatch(read._rev))).status).toBe(412)
    expect((await am.configure('GET', '/desk')).body).toEqual(body)
  })

  test('needs an administrator', async () => {
    expect((await am.configure('GET', '/desk', undefined, { iplanetdirectorypro: 'nobody' })).status).toBe(
      401,
    )
  })

  test('removes a client', async () => {
    await am.configure('PUT', '/desk', clientDocument())
    expect((await am.configure('DELETE', '/desk')).body._id).toBe('desk')
    expect((await am.configure('GET', '/desk')).status).toBe(404)
    expect((await am.configure('DELETE', '/desk')).status).toBe(404)
  })

  test('starts with a template, which can be saved, and has a schema', async () => {
    const template = await am.configure('POST', '?_action=template', {})
    expect(template.status).toBe(200)
    expect((await am.configure('PUT', '/new', template.body)).status).toBe(201)
    const { body } = await am.configure('POST', '?_action=schema', {})
    const members = (document: JsonObject, below: (section: JsonObject) => JsonObject) =>
      Object.entries(document).map(([name, section]) => [name, Object.keys(below(section as JsonObject))])
    expect(members(body.properties, (section) => section.properties as JsonObject)).toEqual(
      members(template.body, (section) => section),
    )
    const { grantTypes, tokenEndpointAuthMethod } = body.properties.advancedOAuth2ClientConfig.properties
    expect(grantTypes).toMatchObject({
      type: 'array',
      items: { enum: expect.arrayContaining(['client_credentials']) },
    })
    expect(tokenEndpointAuthMethod).toMatchObject({ type: 'string', enum: expect.arrayContaining(['none']) })
    expect((await am.configure('POST', '?_action=getType', {})).body._id).toBe('OAuth2Client')
    expect((await am.configure('POST', '?_action=other', {})).status).toBe(501)
  })
})
