import type { KoaContextWithOIDC } from 'oidc-provider'

/** Time for a sign-in or a consent decision, in seconds. The address that the client got lives for one minute. */
const lifeSeconds = 3600

/** Whether the client pushed the request (PAR) instead of sending it through the browser. */
export function isPushed({ oidc }: KoaContextWithOIDC): boolean {
  return 'PushedAuthorizationRequest' in oidc.entities
}

/**
 * Saves a pushed request again under its address, for a browser that returns with it after a sign-in or a decision. Its
 * parameters never travel through the browser, where a person could change them. However often it is opened, it is one request,
 * which is answered once. Source: RFC 9126.
 * @param parameters of the request, and those that we add
 * @returns the parameters that name the saved request
 */
export async function pushAgain(
  ctx: KoaContextWithOIDC,
  parameters: Readonly<Record<string, string>>,
): Promise<{ client_id: string; request_uri: string }> {
  const { client, entities, issuer } = ctx.oidc
  const clientId = client?.clientId ?? ''
  const pushed = entities.PushedAuthorizationRequest
  if (pushed === undefined) throw new Error('The request was not pushed')
  pushed.request = unsigned({ ...parameters, iss: clientId, aud: issuer })
  return {
    client_id: clientId,
    request_uri: `urn:ietf:params:oauth:request_uri:${await pushed.save(lifeSeconds)}`,
  }
}

/** A JWT without signature, as `oidc-provider` stores pushed requests. */
function unsigned(claims: Readonly<Record<string, string | number>>): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'none' })}.${part(claims)}.`
}
