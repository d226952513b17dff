import { createHash, randomBytes } from 'node:crypto'
import { sessionCookie } from '../../src/engine/server-cookies.ts'

type Wanted = {
  scope?: string
  client?: string
  realm?: string
  more?: Record<string, string>
  headers?: Record<string, string>
}

/** The answer to an authorization request of the vendor's admin tools. `code` and `error` come from the redirect. */
export async function askForCode(url: string, session: string, wanted: Wanted = {}) {
  const {
    scope = 'openid fr:idm:* fr:am:*',
    client = 'idmAdminClient',
    realm = '',
    more = {},
    headers = {},
  } = wanted
  const verifier = randomBytes(32).toString('base64url')
  const redirectUri = new URL('/platform/appAuthHelperRedirect.html', url).href
  const answer = await fetch(`${url}/oauth2${realm}/authorize`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: `${sessionCookie}=${session}`, ...headers },
    body: new URLSearchParams({
      redirect_uri: redirectUri,
      scope,
      response_type: 'code',
      client_id: client,
      csrf: session,
      decision: 'allow',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...more,
    }),
  })
  const location = answer.headers.get('location')
  const parameters = new URL(location ?? 'about:blank').searchParams
  return {
    status: answer.status,
    code: parameters.get('code') ?? undefined,
    error: parameters.get('error') ?? undefined,
    verifier,
    redirectUri,
  }
}

export type TokenReply = {
  status: number
  body: {
    access_token: string
    refresh_token?: string
    error?: string
    error_description?: string
    expires_in: number
    scope: string
  }
}

/** Posts a form to the token endpoint of a realm. */
export async function postToken(
  url: string,
  form: Record<string, string>,
  { headers = {}, realm = '' }: { headers?: Record<string, string>; realm?: string } = {},
): Promise<TokenReply> {
  const answer = await fetch(`${url}/oauth2${realm}/access_token`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(form),
  })
  return { status: answer.status, body: (await answer.json()) as TokenReply['body'] }
}

/** A token of administration for a person of the root realm with this session, as the vendor's tools get it. */
export async function adminToken(url: string, session: string, wanted: Wanted = {}): Promise<string> {
  const { client = 'idmAdminClient', realm = '' } = wanted
  const { code, error, verifier, redirectUri } = await askForCode(url, session, wanted)
  if (code === undefined) throw new Error(`no code, but ${error}`)
  const form = {
    client_id: client,
    redirect_uri: redirectUri,
    grant_type: 'authorization_code',
    code,
    code_verifier: verifier,
  }
  const { status, body } = await postToken(url, form, { realm })
  if (status !== 200) throw new Error(`no token: ${status} ${JSON.stringify(body)}`)
  return body.access_token
}

/** The header of a request by token. */
export function bearer(token: string): { authorization: string } {
  return { authorization: `Bearer ${token}` }
}
