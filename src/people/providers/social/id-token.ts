import {
  createLocalJWKSet,
  type JSONWebKeySet,
  type JWTHeaderParameters,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
  UnsecuredJWT,
} from 'jose'
import { z } from 'zod'
import { jsonObjectSchema } from '../../../base/json.ts'
import type { IdTokenPort, IdTokenRules } from '../../../nodes/ports/outside-ports.ts'
import { type FencedSend, isSafe } from '../fenced-send.ts'
import { signatures } from './client.ts'

const macs = ['HS256', 'HS384', 'HS512']

/** How far clocks of providers may be ahead. */
const skewSeconds = 60

const discoverySchema = z.object({ jwks_uri: z.string() })
const keySetSchema = z.object({ keys: z.array(jsonObjectSchema).min(1).max(100) })

/** Unsecured tokens have this header. */
const unsecured = Buffer.from('{"alg":"none"}').toString('base64url')

/**
 * Checks ID tokens that clients bring. Source: OpenID Connect Core 1.0, section 3.1.3.7. Keys are read at each check, so that a
 * withdrawn one stops counting at once; checks at the same time share a request.
 */
export function idTokens(send: FencedSend): IdTokenPort {
  const read = sharedReads(send)
  return {
    async verify(token, rules, now) {
      const { issuer, audience, source } = rules
      const algorithms = source.kind === 'secret' ? macs : signatures
      const expected = {
        // rule S60: otherwise the token decides the algorithm
        algorithms,
        // rule S60: otherwise tokens of any issuer count
        issuer,
        // rule S60: otherwise tokens for any application count
        audience,
        requiredClaims: ['iss', 'aud', 'sub', 'iat', 'exp'],
        currentDate: new Date(now),
      }
      const keyOfToken: JWTVerifyGetKey = async (header, jws) => {
        // Anybody can send tokens, so only one that lacks nothing but the proof causes requests.
        const claimed = UnsecuredJWT.decode(`${unsecured}.${jws.payload}.`, expected).payload
        // rule S60: otherwise any text in the header makes the server send requests
        checkKind(header, claimed)
        checkTimes(claimed, rules.maxLifetimeSeconds, now / 1000)
        checkParties(claimed, rules)
        const key = await keyOf(source, read)
        return key(header, jws)
      }
      const { payload } = await jwtVerify(token, keyOfToken, expected)
      return jsonObjectSchema.parse(payload)
    },
  }
}

type Read = (url: string) => Promise<unknown>

async function keyOf(source: IdTokenRules['source'], read: Read): Promise<JWTVerifyGetKey> {
  if (source.kind === 'secret') {
    const secret = new TextEncoder().encode(source.secret)
    return async () => secret
  }
  const url = source.kind === 'keys' ? source.url : discoverySchema.parse(await read(source.url)).jwks_uri
  return keySetIn(await read(url))
}

/** The public keys of an issuer, read now. @throws Error if the address has none, or is not safe. */
export async function keysAt(url: string, send: FencedSend): Promise<JWTVerifyGetKey> {
  return keySetIn(await read(url, send))
}

function keySetIn(page: unknown): JWTVerifyGetKey {
  const { keys } = keySetSchema.parse(page)
  // A set with a secret key is a mistake that everybody can use.
  const usable = keys.filter(({ kty, d }) => kty !== 'oct' && d === undefined)
  // `createLocalJWKSet` checks the members of each key.
  return createLocalJWKSet({ keys: usable } as JSONWebKeySet)
}

/** Reads a page once for all who ask while it is read. */
function sharedReads(send: FencedSend): Read {
  const reading = new Map<string, Promise<unknown>>()
  return (url) => {
    const running = reading.get(url)
    if (running !== undefined) return running
    const started = read(url, send).finally(() => reading.delete(url))
    reading.set(url, started)
    return started
  }
}

async function read(url: string, send: FencedSend): Promise<unknown> {
  // rule S60: otherwise keys are read over plain http, where anybody on the way can change them
  if (!isSafe(url)) throw new Error('keys of a provider can only be read over https')
  const { status, body } = await send({
    url,
    method: 'GET',
    headers: { Accept: 'application/json' },
    redirect: 'manual',
  })
  if (status !== 200) throw new Error(`keys of a provider were answered with status ${status}, not 200`)
  return JSON.parse(body)
}

/**
 * Providers sign other tokens with the same key: access tokens (RFC 9068, or AM's with `tokenName`), and events such as the end
 * of a session (RFC 8417).
 */
function checkKind({ typ }: JWTHeaderParameters, { tokenName, events }: JWTPayload): void {
  const isJwt = typ === undefined || /^(application\/)?jwt$/i.test(typ)
  const isNamedSo = tokenName === undefined || tokenName === 'id_token'
  // rule S60: otherwise an access token or an event counts as an ID token
  if (!isJwt || !isNamedSo || events !== undefined) throw new Error('the token is no ID token')
}

/** Neither its beginning nor its end may be far away. */
function checkTimes({ iat, exp }: JWTPayload, maxSeconds: number, now: number): void {
  if (typeof iat !== 'number' || typeof exp !== 'number') throw new Error('the token has no times')
  if (iat > now + skewSeconds) throw new Error('the token was issued in the future')
  // rule S60: otherwise a token counts for years
  if (iat < now - maxSeconds || exp > now + maxSeconds) throw new Error('the token lives unreasonably long')
}

function checkParties({ aud, azp }: JWTPayload, { authorisedParties }: IdTokenRules): void {
  if (azp === undefined && !(Array.isArray(aud) && aud.length > 1)) return
  // rule S60: otherwise a token for another party counts
  if (typeof azp !== 'string' || !authorisedParties.includes(azp)) {
    throw new Error('the token is for another party')
  }
}
