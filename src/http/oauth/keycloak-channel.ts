import { z } from 'zod'
import { badRequest, RequestError } from '../../base/errors.ts'
import type { Limits } from '../../limits/limits.ts'
import { isBindingMessage } from '../../oauth/binding-message.ts'
import { journeyFor } from '../../oauth/contexts.ts'
import type { KeycloakClaims } from '../../oauth/keycloak-token.ts'
import type { OutOfBand } from '../../oauth/out-of-band.ts'
import type { FencedSend } from '../../people/providers/fenced-send.ts'
import { digest } from '../../secrets/digest.ts'
import { parseBody } from '../body.ts'
import type { Answer, Call, Route } from '../route.ts'

type KeycloakChannelDependencies = {
  outOfBand: Pick<OutOfBand, 'prepare'>
  limits: Pick<Limits, 'take'>
  /** @param hint a username, an id or a unique email address */
  whoIsMeant(realm: string, hint: string, kind: 'user'): Promise<{ _id: string } | undefined>
  httpClient: FencedSend
  /** Logs why a request was refused. */
  onChannelRefusal(reason: string): void
  now(): number
}

const requestSchema = z.object({
  login_hint: z.string('must name a person').min(1, 'must name a person').max(320),
  binding_message: z.string().refine(isBindingMessage, 'must be one short line of plain text').nullish(),
  acr_values: z.string().nullish(),
})

/**
 * Keycloak's authentication channel: asks a person of this realm for a Keycloak that has no channel of its own, and tells it the result.
 * Source: "Client Initiated Backchannel Authentication Grant" in Keycloak's server administration guide.
 */
export function keycloakChannelRoutes(dependencies: KeycloakChannelDependencies): Route[] {
  return [
    {
      method: 'POST',
      path: 'authenticate/backchannel/keycloak',
      access: 'everyone',
      side: 'both',
      summary: 'Asks a person for a Keycloak, whose realm signs the request (CIBA).',
      handle: (call) => ask(dependencies, call),
    },
  ]
}

async function ask(dependencies: KeycloakChannelDependencies, call: Call): Promise<Answer> {
  const { realm } = call
  const { ciba, contexts } = realm.settings.oauth
  const token = /^Bearer ([\w.-]+)$/i.exec(call.headers.authorization ?? '')?.[1]
  const claims = await claimsOf(dependencies, ciba.keycloakIssuer, token)
  const { login_hint: hint, binding_message: message, acr_values: acrs } = parseBody(requestSchema, call)
  const wanted = { acrs: (acrs ?? '').split(' '), isEssential: false }
  const journey = journeyFor(wanted, contexts) ?? ciba.journey
  if (journey === '') throw badRequest('acr_values must name an authentication context of the realm')
  const person = await dependencies.whoIsMeant(realm.path, hint, 'user')
  if (person === undefined) throw badRequest('login_hint: not found in this realm')
  const secondsLeft = Math.floor(claims.exp - dependencies.now() / 1000)
  // rule S72: otherwise a request that was overheard asks again
  await countOnce(dependencies, realm.path, claims, secondsLeft)
  const prepared = await dependencies.outOfBand.prepare({
    realm,
    baseUrl: call.callersUrl,
    personId: person._id,
    journey,
    client: { id: claims.azp, name: claims.azp },
    message: message ?? undefined,
    lifeSeconds: Math.max(1, Math.min(ciba.lifeSeconds, secondsLeft)),
  })
  if ('refusal' in prepared) {
    dependencies.onChannelRefusal(prepared.refusal)
    throw new RequestError(403, 'this person cannot be asked at the moment')
  }
  await prepared.ask({
    url: `${ciba.keycloakIssuer}/protocol/openid-connect/ext/ciba/auth/callback`,
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '',
    resultOf: { realm: realm.path, transaction: prepared.key },
  })
  return { status: 201, body: {} }
}

/** @throws RequestError 401 without a token that the issuer signed for this purpose. */
async function claimsOf(
  { httpClient, onChannelRefusal, now }: KeycloakChannelDependencies,
  issuer: string,
  token: string | undefined,
): Promise<KeycloakClaims> {
  const refused = new RequestError(
    401,
    'The request must have a bearer token of the Keycloak realm that this realm names',
  )
  if (issuer === '' || token === undefined) throw refused
  // Loaded with the first request.
  const { verifyKeycloakToken } = await import('../../oauth/keycloak-token.ts')
  try {
    return await verifyKeycloakToken(token, issuer, { send: httpClient, now: now() })
  } catch (error) {
    onChannelRefusal(error instanceof Error ? error.message : 'the token cannot be read')
    throw refused
  }
}

/** @throws RequestError 409 for a request that came before. */
async function countOnce(
  { limits }: Pick<KeycloakChannelDependencies, 'limits'>,
  realm: string,
  { jti, exp }: KeycloakClaims,
  secondsLeft: number,
): Promise<void> {
  const key = `${realm} keycloak request ${digest(`${jti} ${exp}`)}`
  const taken = await limits.take({ key, max: 1, windowMs: (secondsLeft + 60) * 1000 })
  if (taken.kind !== 'taken') throw new RequestError(409, 'This request came before')
}
