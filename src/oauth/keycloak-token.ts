import { type JWTVerifyGetKey, jwtVerify, UnsecuredJWT } from 'jose'
import { z } from 'zod'
import type { FencedSend } from '../people/providers/fenced-send.ts'
import { signatures } from '../people/providers/social/client.ts'
import { keysAt } from '../people/providers/social/id-token.ts'

const claimsSchema = z.object({
  /** Names the request, also in Keycloak's own record. */
  jti: z.string().min(1).max(255),
  /** The application. */
  azp: z.string().min(1).max(255),
  typ: z.literal('Bearer'),
  /** Epoch seconds. */
  exp: z.number(),
})

export type KeycloakClaims = z.infer<typeof claimsSchema>

const unsecured = Buffer.from('{"alg":"none"}').toString('base64url')

/**
 * Checks the bearer token of a request of Keycloak's authentication channel. Its audience is the issuer itself, so that an access
 * token of a person never counts.
 * @param now epoch milliseconds
 * @throws an error that says what is wrong, without the token
 */
export async function verifyKeycloakToken(
  token: string,
  issuer: string,
  { send, now }: { send: FencedSend; now: number },
): Promise<KeycloakClaims> {
  const expected = {
    algorithms: signatures,
    // rule S72: otherwise the tokens of another realm of that Keycloak count
    issuer,
    // rule S72: otherwise the access token of a person counts
    audience: issuer,
    requiredClaims: ['iss', 'aud', 'exp'],
    currentDate: new Date(now),
  }
  const keyOfToken: JWTVerifyGetKey = async (header, jws) => {
    // Anybody can send tokens, so only one that lacks nothing but the proof causes requests.
    // rule S72: otherwise any text makes the server send requests
    claimsSchema.parse(UnsecuredJWT.decode(`${unsecured}.${jws.payload}.`, expected).payload)
    const key = await keysAt(`${issuer}/protocol/openid-connect/certs`, send)
    return key(header, jws)
  }
  return claimsSchema.parse((await jwtVerify(token, keyOfToken, expected)).payload)
}
