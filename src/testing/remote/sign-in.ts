import { createPrivateKey, randomUUID, sign } from 'node:crypto'
import { z } from 'zod'
import { OperationError } from '../../base/errors.ts'
import { parsedJson } from '../../base/json.ts'
import { systemOutside } from '../../server/outside.ts'
import type { RemoteServer } from './remote-server.ts'
import type { Target } from './targets.ts'

/** The server refused the administrator, or one of the administrator's requests. */
export class RefusedError extends OperationError {}

/** What a server grants an administrator. */
export type Granted = {
  headers: Readonly<Record<string, string>>
  /** Epoch milliseconds; undefined if the server doesn't say. */
  endsAt: number | undefined
}

/** @throws OperationError if a variable is not set. @returns signs in, and throws RefusedError if the server refuses it. */
export function signInWith(
  server: RemoteServer,
  credentials: NonNullable<Target['admin']>,
  environment: Readonly<Record<string, string | undefined>>,
): () => Promise<Granted> {
  const settingOf = (name: string) => {
    const value = environment[name]
    if (!value)
      throw new OperationError(`Set the environment variable ${name} for the administrator of the target`)
    return value
  }
  if ('userEnv' in credentials) {
    const [user, password] = [settingOf(credentials.userEnv), settingOf(credentials.passwordEnv)]
    return () => sessionOf(server, user, password)
  }
  const [account, key] = [settingOf(credentials.serviceAccountEnv), settingOf(credentials.keyEnv)]
  return () => accessToken(server, account, key)
}

const signedInSchema = z.object({ tokenId: z.string().min(1) })
const infoSchema = z.object({ cookieName: z.string().regex(/^[\w.-]{1,100}$/) })

/** The session of an administrator, as a cookie and as a header of the same name. */
async function sessionOf(server: RemoteServer, user: string, password: string): Promise<Granted> {
  const info = infoSchema.safeParse(
    parsedJson((await server.ask('/am/json/serverinfo/*', { method: 'GET' })).body),
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
  const signedIn = signedInSchema.safeParse(response.status === 200 ? parsedJson(response.body) : undefined)
  if (!signedIn.success) throw new RefusedError('The target refuses the administrator')
  const name = info.success ? info.data.cookieName : 'iPlanetDirectoryPro'
  const { tokenId } = signedIn.data
  return { headers: { [name]: tokenId, cookie: `${name}=${tokenId}` }, endsAt: undefined }
}

/** Headers only carry ASCII safely, so other values are sent as an encoded word (RFC 2047). */
function encodedWord(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`
}

const tokenSchema = z.object({
  access_token: z.string().min(1),
  /** Seconds. */
  expires_in: z.number().min(0).optional(),
})
const tokenPath = '/am/oauth2/access_token'

/** An access token of a service account. Source: "Authenticate to Advanced Identity Cloud REST API with access token". */
async function accessToken(server: RemoteServer, account: string, key: string): Promise<Granted> {
  const askedAt = systemOutside.now()
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
  const token = tokenSchema.safeParse(response.status === 200 ? parsedJson(response.body) : undefined)
  if (!token.success) throw new RefusedError('The target refuses the service account')
  const { access_token, expires_in } = token.data
  return {
    headers: { authorization: `Bearer ${access_token}` },
    endsAt: expires_in === undefined ? undefined : askedAt + expires_in * 1000,
  }
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
