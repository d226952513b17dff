import { createHash, randomBytes } from 'node:crypto'
import { defined } from '../../src/base/defined.ts'
import type { JsonObject } from '../../src/base/json.ts'
import { sessionCookie } from '../../src/engine/server-cookies.ts'
import { adminPassword } from './start-server.ts'
import { signIn } from './wire.ts'

export const redirectUri = 'https://app.example.com/signed-in'

/** Settings of a client as the vendor's tools write them. */
export type ClientSettings = {
  core?: JsonObject
  advanced?: JsonObject
  openId?: JsonObject
  ciba?: JsonObject
  signing?: JsonObject
  override?: JsonObject
}

/** An application of a realm of a running server. */
export class RelyingParty {
  readonly #url: string
  readonly id: string
  readonly #secret: string | undefined
  readonly #realm: string
  /** Its redirect URI. */
  readonly address: string

  constructor(url: string, id: string, secret?: string, { realm = 'alpha', address = redirectUri } = {}) {
    this.#url = url
    this.id = id
    this.#secret = secret
    this.#realm = realm
    this.address = address
  }

  /** Registers the client as an administrator; without a secret as a public client. */
  async register({
    core = {},
    advanced = {},
    openId = {},
    ciba = {},
    signing = {},
    override = {},
  }: ClientSettings = {}): Promise<void> {
    const administrator = await signIn(this.#url, 'amadmin', adminPassword, '/')
    const path = `realms/root/realms/${this.#realm}/realm-config/agents/OAuth2Client/${this.id}`
    const answer = await fetch(`${this.#url}/json/${path}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', [sessionCookie]: administrator },
      body: JSON.stringify({
        coreOAuth2ClientConfig: {
          clientType: this.#secret === undefined ? 'Public' : 'Confidential',
          ...defined({ userpassword: this.#secret }),
          scopes: ['openid', 'profile', 'email', 'reports'],
          redirectionUris: [this.address],
          ...core,
        },
        advancedOAuth2ClientConfig: {
          grantTypes: ['authorization_code', 'refresh_token'],
          tokenEndpointAuthMethod: 'client_secret_post',
          isConsentImplied: true,
          ...advanced,
        },
        coreOpenIDClientConfig: openId,
        cibaClientConfig: ciba,
        signEncOAuth2ClientConfig: signing,
        overrideOAuth2ClientConfig: override,
      }),
    })
    if (!answer.ok) throw new Error(`the client was rejected: ${await answer.text()}`)
  }

  get issuer(): string {
    return `${this.#url}/oauth2/realms/root/realms/${this.#realm}`
  }

  /** The authorization request and its PKCE verifier. */
  request(parameters: Record<string, string> = {}): { url: string; verifier: string } {
    const verifier = randomBytes(32).toString('base64url')
    const query = new URLSearchParams({
      client_id: this.id,
      redirect_uri: this.address,
      response_type: 'code',
      scope: 'openid profile',
      state: 'state-1',
      nonce: 'nonce-1',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...parameters,
    })
    return { url: `${this.issuer}/authorize?${query}`, verifier }
  }

  /** @returns the code for a person with this session, and the values needed to use it. */
  async code(session: string, parameters: Record<string, string> = {}): Promise<Coded> {
    const { url, verifier } = this.request(parameters)
    const { location } = await visit(url, session)
    const code = location?.searchParams.get('code')
    if (code === null || code === undefined) throw new Error(`no code, but ${location?.href}`)
    return { code, verifier }
  }

  /** Posts a form to an endpoint, with the client's own credentials. */
  async post(endpoint: string, form: Record<string, string>) {
    const answer = await fetch(`${this.issuer}/${endpoint}`, {
      method: 'POST',
      body: new URLSearchParams({
        client_id: this.id,
        ...defined({ client_secret: this.#secret }),
        ...form,
      }),
    })
    const text = await answer.text()
    return { status: answer.status, body: text === '' ? {} : JSON.parse(text) }
  }

  exchange({ code, verifier }: Coded, form: Record<string, string> = {}) {
    return this.post('access_token', {
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
      redirect_uri: this.address,
      ...form,
    })
  }

  refresh(refresh_token: string) {
    return this.post('access_token', { grant_type: 'refresh_token', refresh_token })
  }

  /** Tokens for a person with this session. */
  async tokens(session: string, parameters: Record<string, string> = {}): Promise<Tokens> {
    const { status, body } = await this.exchange(await this.code(session, parameters))
    if (status !== 200) throw new Error(`no tokens: ${status} ${JSON.stringify(body)}`)
    return body
  }

  async userinfo(accessToken: string) {
    const answer = await fetch(`${this.issuer}/userinfo`, {
      headers: { authorization: `Bearer ${accessToken}` },
    })
    return { status: answer.status, body: await answer.json() }
  }
}

export type Coded = { code: string; verifier: string }
export type Tokens = { access_token: string; id_token: string; refresh_token: string; scope: string }

/** Changes settings of a realm's authorization server. */
export async function changeOauthSettings(url: string, oauth: JsonObject, realm = 'alpha'): Promise<void> {
  const administrator = await signIn(url, 'amadmin', adminPassword, '/')
  const answer = await fetch(`${url}/json/realms/root/realms/${realm}/realm-config/settings`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', [sessionCookie]: administrator },
    body: JSON.stringify({ oauth }),
  })
  if (!answer.ok) throw new Error(`the settings were rejected: ${await answer.text()}`)
}

/** Opens an address like a browser with the session in a cookie. */
export async function visit(url: string, session?: string, init: RequestInit = {}) {
  const answer = await fetch(url, {
    ...init,
    redirect: 'manual',
    headers: {
      accept: 'text/html,*/*;q=0.8',
      ...(session === undefined ? {} : { cookie: `${sessionCookie}=${session}` }),
      ...init.headers,
    },
  })
  const location = answer.headers.get('location')
  return {
    status: answer.status,
    headers: answer.headers,
    location: location === null ? undefined : new URL(location, url),
    text: await answer.text(),
  }
}

/** Claims of a token, unverified. */
export function claimsIn(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
}
