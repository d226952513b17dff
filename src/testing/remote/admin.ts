import { createPrivateKey, randomUUID, sign } from 'node:crypto'
import { z } from 'zod'
import { type JsonObject, jsonObjectSchema } from '../../engine/json.ts'
import { OperationError } from '../../errors.ts'
import { systemOutside } from '../../server/outside.ts'
import type { RemoteServer, Response } from './remote-server.ts'
import type { Target } from './targets.ts'

type Credentials = NonNullable<Target['admin']>
type Environment = Readonly<Record<string, string | undefined>>

/** The server refused the administrator, or one of the administrator's requests. */
export class RefusedError extends OperationError {}

/** What an administrator of a target can do. */
export class Admin {
  readonly #server: RemoteServer
  readonly #headers: Readonly<Record<string, string>>

  private constructor(server: RemoteServer, headers: Readonly<Record<string, string>>) {
    this.#server = server
    this.#headers = headers
  }

  /** @throws OperationError if a variable is not set, RefusedError if the server refuses the credentials. */
  static async signIn(
    server: RemoteServer,
    credentials: Credentials,
    environment: Environment,
  ): Promise<Admin> {
    const settingOf = (name: string) => {
      const value = environment[name]
      if (!value)
        throw new OperationError(`Set the environment variable ${name} for the administrator of the target`)
      return value
    }
    if ('userEnv' in credentials) {
      return new Admin(
        server,
        await sessionOf(server, settingOf(credentials.userEnv), settingOf(credentials.passwordEnv)),
      )
    }
    const token = await accessToken(
      server,
      settingOf(credentials.serviceAccountEnv),
      settingOf(credentials.keyEnv),
    )
    return new Admin(server, { authorization: `Bearer ${token}` })
  }

  /** @returns undefined if there is no such thing. @throws RefusedError. */
  async read(path: string): Promise<JsonObject | undefined> {
    const response = await this.#ask('GET', path)
    return response.status === 404 ? undefined : bodyOf(response, path)
  }

  /** @throws RefusedError. */
  async write(method: 'POST' | 'PUT' | 'PATCH', path: string, body: unknown): Promise<JsonObject> {
    return bodyOf(await this.#ask(method, path, body), path)
  }

  /** Things that don't exist any more are removed. @throws RefusedError. */
  async remove(path: string): Promise<void> {
    const response = await this.#ask('DELETE', path)
    if (response.status !== 404) bodyOf(response, path)
  }

  #ask(method: string, path: string, body?: unknown): Promise<Response> {
    const version = path.startsWith('/openidm') ? 'resource=1.0' : 'protocol=2.1,resource=1.0'
    return this.#server.ask(path, {
      method,
      headers: { 'content-type': 'application/json', 'accept-api-version': version, ...this.#headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
  }
}

/** @throws RefusedError that doesn't repeat what the server says. */
function bodyOf({ status, body }: Response, path: string): JsonObject {
  const json = jsonIn(body)
  if (status >= 200 && status < 300 && json !== undefined) return json
  throw new RefusedError(`The target answers a request for ${kindOf(path)} with status ${status}`)
}

function kindOf(path: string): string {
  const kinds = { '/openidm/': 'people', '/scripts': 'scripts', '/trees': 'journeys', '/nodes': 'nodes' }
  const found = Object.entries(kinds).find(([part]) => path.includes(part))
  return found?.[1] ?? 'administrators'
}

function jsonIn(text: string): JsonObject | undefined {
  try {
    return jsonObjectSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

const signedInSchema = z.object({ tokenId: z.string().min(1) })
const infoSchema = z.object({ cookieName: z.string().regex(/^[\w.-]{1,100}$/) })

/** The session of an administrator, as a cookie and as a header of the same name. */
async function sessionOf(
  server: RemoteServer,
  user: string,
  password: string,
): Promise<Record<string, string>> {
  const info = infoSchema.safeParse(
    jsonIn((await server.ask('/am/json/serverinfo/*', { method: 'GET' })).body),
  )
  const response = await server.ask('/am/json/realms/root/authenticate', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'accept-api-version': 'resource=2.0, protocol=1.0',
      'x-openam-username': encodedWord(user),
      'x-openam-password': encodedWord(password),
    },
    body: '{}',
  })
  const signedIn = signedInSchema.safeParse(response.status === 200 ? jsonIn(response.body) : undefined)
  if (!signedIn.success) throw new RefusedError('The target refuses the administrator')
  const name = info.success ? info.data.cookieName : 'iPlanetDirectoryPro'
  return { [name]: signedIn.data.tokenId, cookie: `${name}=${signedIn.data.tokenId}` }
}

/** Headers only carry ASCII safely, so other values are sent as an encoded word (RFC 2047). */
function encodedWord(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`
}

const tokenSchema = z.object({ access_token: z.string().min(1) })
const tokenPath = '/am/oauth2/access_token'

/** An access token of a service account. Source: "Authenticate to Advanced Identity Cloud REST API with access token". */
async function accessToken(server: RemoteServer, account: string, key: string): Promise<string> {
  const form = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    client_id: 'service-account',
    scope: 'fr:am:* fr:idm:*',
    assertion: assertionOf(account, key, server.urlOf(tokenPath)),
  })
  const response = await server.ask(tokenPath, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  })
  const token = tokenSchema.safeParse(response.status === 200 ? jsonIn(response.body) : undefined)
  if (!token.success) throw new RefusedError('The target refuses the service account')
  return token.data.access_token
}

const lifeSeconds = 180

function assertionOf(account: string, jwk: string, audience: string): string {
  const { origin, port, pathname, protocol } = new URL(audience)
  const withPort = port === '' ? `${origin}:${protocol === 'https:' ? 443 : 80}${pathname}` : audience
  const exp = Math.floor(systemOutside.now() / 1000) + lifeSeconds
  const parts = [
    { alg: 'RS256', typ: 'JWT' },
    { iss: account, sub: account, aud: withPort, exp, jti: randomUUID() },
  ].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  const text = parts.join('.')
  return `${text}.${sign('sha256', Buffer.from(text), keyOf(jwk)).toString('base64url')}`
}

/** @throws OperationError that doesn't show the key. */
function keyOf(jwk: string) {
  try {
    return createPrivateKey({ key: JSON.parse(jwk), format: 'jwk' })
  } catch {
    throw new OperationError('The key of the service account is not a private key as JSON (JWK)')
  }
}
