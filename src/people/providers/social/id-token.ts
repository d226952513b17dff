import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { z } from 'zod'
import { type JsonObject, jsonObjectSchema } from '../../../engine/json.ts'
import type { IdTokenPort, IdTokenRules } from '../../../nodes/ports/outside-ports.ts'
import { type FencedSend, isSafe, signatures } from './client.ts'

const macs = ['HS256', 'HS384', 'HS512']

/** How far clocks of providers may be ahead. */
const skewSeconds = 60

const discoverySchema = z.object({ jwks_uri: z.string() })
const keySetSchema = z.object({ keys: z.array(jsonObjectSchema).min(1).max(100) })

/**
 * Checks ID tokens that clients bring. Source: OpenID Connect Core 1.0, section 3.1.3.7. Keys are read at each check, so that a
 * withdrawn one stops counting at once.
 */
export function idTokens(send: FencedSend): IdTokenPort {
  return {
    async verify(token, rules, now) {
      const { issuer, audience, source } = rules
      const algorithms = source.kind === 'secret' ? macs : signatures
      const { payload } = await jwtVerify(token, await keyOf(source, send), {
        algorithms,
        issuer,
        audience,
        requiredClaims: ['iss', 'aud', 'sub', 'iat', 'exp'],
        currentDate: new Date(now),
      })
      const claims = jsonObjectSchema.parse(payload)
      checkTimes(claims, rules.maxLifetimeSeconds, now / 1000)
      checkParties(claims, rules)
      return claims
    },
  }
}

async function keyOf(source: IdTokenRules['source'], send: FencedSend): Promise<JWTVerifyGetKey> {
  if (source.kind === 'secret') {
    const secret = new TextEncoder().encode(source.secret)
    return async () => secret
  }
  const keysAt =
    source.kind === 'keys' ? source.url : discoverySchema.parse(await read(source.url, send)).jwks_uri
  const { keys } = keySetSchema.parse(await read(keysAt, send))
  // A set with a secret key is a mistake that everybody can use.
  const usable = keys.filter(({ kty, d }) => kty !== 'oct' && d === undefined)
  // `createLocalJWKSet` checks the members of each key.
  return createLocalJWKSet({ keys: usable } as JSONWebKeySet)
}

async function read(url: string, send: FencedSend): Promise<unknown> {
  if (!URL.canParse(url) || !isSafe(url)) throw new Error('keys of a provider can only be read over https')
  const { status, body } = await send({
    url,
    method: 'GET',
    headers: { Accept: 'application/json' },
    redirect: 'manual',
  })
  if (status !== 200) throw new Error(`keys of a provider were answered with status ${status}, not 200`)
  return JSON.parse(body)
}

/** Neither its beginning nor its end may be far away. */
function checkTimes({ iat, exp }: JsonObject, maxSeconds: number, now: number): void {
  if (typeof iat !== 'number' || typeof exp !== 'number') throw new Error('the token has no times')
  if (iat > now + skewSeconds) throw new Error('the token was issued in the future')
  if (iat < now - maxSeconds || exp > now + maxSeconds) throw new Error('the token lives unreasonably long')
}

function checkParties({ aud, azp }: JsonObject, { authorisedParties }: IdTokenRules): void {
  if (azp === undefined && !(Array.isArray(aud) && aud.length > 1)) return
  if (typeof azp !== 'string' || !authorisedParties.includes(azp)) {
    throw new Error('the token is for another party')
  }
}
