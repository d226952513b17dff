import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/base/json.ts'
import { type Ask, asking } from '../support/rest.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')
const alpha = '/realms/root/realms/alpha'
const secret = 'kept-in-the-vault'

let server: TestServer
let ask: Ask

beforeAll(async () => {
  server = await startServer()
  ask = asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))
  await ask('/environment/secrets/esv-page-secret', {
    method: 'PUT',
    body: { valueBase64: base64(secret), encoding: 'generic', useInPlaceholders: true },
  })
})
afterAll(() => server.stop())
beforeEach(async () => {
  await variable('name', 'Orchard')
  await variable('colour', '#123456')
  await variable('alias', '/alpha/placed')
})

const variable = (name: string, text: string) =>
  ask(`/environment/variables/esv-page-${name}`, {
    method: 'PUT',
    body: { valueBase64: base64(text), expressionType: 'string' },
  })

describe('placeholders of a theme', () => {
  const save = async (members: JsonObject) => {
    const theme = { _id: 'placed', name: 'Placed', isDefault: true, ...members }
    const answer = await ask('/openidm/config/ui/themerealm', {
      method: 'PUT',
      body: { realm: { alpha: [theme] } },
    })
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    return answer.body
  }
  const look = async () => (await ask(`${alpha}/appearance`, { as: '' })).body

  test('have their values on pages, also after a change, and stay for administrators', async () => {
    const body = await save({ organisationName: '&{esv.page.name}', primaryColor: '&{esv.page.colour}' })
    expect(body.realm.alpha).toMatchObject([{ organisationName: '&{esv.page.name}' }])
    expect(body).not.toHaveProperty('_findings')
    expect(await look()).toMatchObject({
      organisation: 'Orchard',
      properties: { light: { '--accent': '#123456' } },
    })
    await variable('name', 'Meadow')
    expect((await look()).organisation).toBe('Meadow')
  })

  test('with a value that does not fit are ignored', async () => {
    await variable('colour', 'red;background:url(//evil.example)')
    const { _findings } = await save({ primaryColor: '&{esv.page.colour}' })
    expect(JSON.stringify(_findings)).toContain('primaryColor')
    expect(JSON.stringify([_findings, await look()])).not.toContain('evil.example')
  })

  test.each([
    ['a missing variable', '&{esv.page.none}', 'esv.page.none is not set'],
    ['a secret', '&{esv.page.secret}', 'not a stored variable'],
  ])('with %s are a finding, and pages do not use the theme', async (_, organisationName, problem) => {
    const { _findings } = await save({ organisationName, primaryColor: '#654321' })
    expect(JSON.stringify(_findings)).toContain(problem)
    const shown = JSON.stringify([_findings, await look(), server.logged()])
    expect(shown).not.toContain(secret)
    expect(JSON.stringify(await look())).not.toContain('#654321')
  })
})

describe('placeholders of a SAML entity', () => {
  const entityId = 'https://sp.example.com/placed'
  const entities = `${alpha}/realm-config/saml2/hosted`
  const key = Buffer.from(entityId).toString('base64url')
  const save = (metaAlias: string) =>
    ask(`${entities}/${key}`, {
      method: 'PUT',
      body: { entityId, serviceProvider: { services: { metaAlias }, advanced: {} } },
    })
  const metadata = async () => {
    const query = new URLSearchParams({ entityid: entityId, realm: '/alpha' })
    const answer = await fetch(`${server.url}/saml2/jsp/exportmetadata.jsp?${query}`)
    return { status: answer.status, text: await answer.text() }
  }

  test('have their values in metadata, and stay for administrators', async () => {
    await save('&{esv.page.alias}')
    expect((await metadata()).text).toContain('/am/AuthConsumer/metaAlias/alpha/placed')
    expect((await ask(`${entities}/${key}`)).body.serviceProvider.services.metaAlias).toBe(
      '&{esv.page.alias}',
    )
  })

  test.each(['&{esv.page.none}', '&{esv.page.secret}'])('with %s end the entity', async (alias) => {
    await save(alias)
    const { status, text } = await metadata()
    expect(status).toBe(404)
    expect(text + server.logged()).not.toContain(secret)
  })
})
