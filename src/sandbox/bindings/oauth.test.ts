import { afterAll, describe, expect, test } from 'vitest'
import { createScriptEngine } from '../create-script-engine.ts'
import { noHost, run } from '../fixtures/script-job.ts'
import type { OauthScriptInput, ScriptHost, ScriptKind } from '../script-engine.ts'

const engine = createScriptEngine({ workers: 1 })
afterAll(() => engine.close())

const alex: ScriptHost = async ({ op }) => {
  if (op !== 'idRepository.getIdentity') throw new Error(`${op} was not expected`)
  const attributes = { mail: ['alex@example.com'], sn: ['Caller'] }
  return { id: 'p1', name: 'alex', universalId: 'id=p1', attributes, exists: true }
}

const input: OauthScriptInput = {
  scopes: ['openid', 'profile'],
  userName: 'alex',
  session: { UserId: 'alex' },
  clientProperties: { clientId: 'shop', allowedScopes: ['openid'], customProperties: {} },
  requestProperties: { realm: '/alpha', requestUri: 'u', requestParams: { scope: ['openid'] } },
  token: { clientId: 'shop', userName: 'p1', scope: ['openid', 'profile'], realm: '/alpha' },
  claims: { sub: 'p1', name: 'Alex' },
  requestedClaims: { email: [], acr: ['high'] },
  claimsLocales: ['en'],
}

async function resultOf(kind: ScriptKind, source: string, host = noHost) {
  return (await run(engine, source, { kind, oauth: input }, host)).value
}

describe.each<ScriptKind>(['accessToken', 'legacyAccessToken'])('%s', (kind) => {
  test('returns what the script changed', async () => {
    const source = `accessToken.setField('tier', 'gold')
      accessToken.setFields({ roles: ['a'], deep: { x: 1 } })
      accessToken.removeNonce()`
    expect(await resultOf(kind, source)).toEqual({
      changed: { tier: 'gold', roles: ['a'], deep: { x: 1 } },
      removed: ['nonce'],
    })
  })

  test('reads the token, the person, the client and the request', async () => {
    const attribute = kind === 'accessToken' ? 'getAttributeValues' : 'getAttribute'
    const source = `accessToken.setField('seen', [
      accessToken.getClientId(), accessToken.getScope().contains('profile'), accessToken.getField('realm'),
      identity.${attribute}('mail').toArray()[0], String(identity.getName()), session.getProperty('UserId'),
      clientProperties.clientId, requestProperties.requestParams.get('scope').get(0), scopes.size()])`
    expect(await resultOf(kind, source, alex)).toMatchObject({
      changed: {
        seen: ['shop', true, '/alpha', 'alex@example.com', 'alex', 'alex', 'shop', 'openid', 2],
      },
    })
  })

  test('names protected members like any others, so that the server can refuse them', async () => {
    const source = `accessToken.setScope(['admin']); accessToken.setField('sub', 'x'); accessToken.setExpiryTime(1)`
    expect(await resultOf(kind, source)).toMatchObject({
      changed: { scope: ['admin'], sub: 'x', expireTime: 1 },
    })
  })
})

test('a next-generation claims script returns the claims as a map', async () => {
  const source = `(function () {
    claims.put('mail', identity.getAttributeValues('mail').get(0))
    claims.wanted = requestedClaims.get('acr').size()
    return { values: claims, compositeScopes: {} }
  })()`
  expect(await resultOf('claims', source, alex)).toEqual({
    values: { sub: 'p1', name: 'Alex', mail: 'alex@example.com', wanted: 1 },
    compositeScopes: {},
  })
})

test('a legacy claims script returns the vendor’s UserInfoClaims', async () => {
  const source = `(function () {
    var fr = JavaImporter(org.forgerock.oauth2.core.UserInfoClaims, org.forgerock.openidconnect.Claim,
      org.forgerock.oauth2.core.exceptions.InvalidRequestException, java.util.LinkedHashMap)
    var values = new fr.LinkedHashMap()
    claimObjects.forEach(function (claim) { values.put(claim.getName(), claim.getValues().toArray()[0]) })
    values.put('family_name', identity.getAttribute('sn').iterator().next())
    requestedTypedClaims.forEach(function (claim) { values.put('asked_' + claim.getName(), claim.isEssential()) })
    return new fr.UserInfoClaims(values, new fr.LinkedHashMap())
  })()`
  expect(await resultOf('legacyClaims', source, alex)).toEqual({
    sub: 'p1',
    name: 'Alex',
    family_name: 'Caller',
    asked_email: false,
    asked_acr: false,
  })
})
