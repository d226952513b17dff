import type { Json, JsonObject } from '../../src/base/json.ts'
import { clientDocument, credentials, scope } from './oauth-server.ts'
import { adminPassword } from './start-server.ts'
import { signIn } from './wire.ts'

type Named = { realm?: string; id?: string }

export type RestAnswer = { status: number; headers: Headers; body: JsonObject }

function realmPath(realm: string): string {
  return realm === '/' ? '/realms/root' : `/realms/root/realms/${realm}`
}

async function answerOf(response: Response): Promise<RestAnswer> {
  return {
    status: response.status,
    headers: response.headers,
    body: JSON.parse(await response.text()) as JsonObject,
  }
}

export function signInAsAdministrator(url: string): Promise<string> {
  return signIn(url, 'amadmin', adminPassword, '/')
}

/** Reads, writes or deletes an OAuth2 client as an administrator. */
export async function configureClient(
  url: string,
  administrator: string,
  method: 'GET' | 'PUT' | 'DELETE',
  { realm = 'alpha', id = credentials.client_id }: Named = {},
  document: JsonObject = clientDocument(),
): Promise<RestAnswer> {
  const path = `${url}/json${realmPath(realm)}/realm-config/agents/OAuth2Client/${id}`
  return answerOf(
    await fetch(path, {
      method,
      headers: {
        'content-type': 'application/json',
        'accept-api-version': 'resource=1.0, protocol=2.0',
        iplanetdirectorypro: administrator,
      },
      ...(method === 'PUT' ? { body: JSON.stringify(document) } : {}),
    }),
  )
}

/** Gets an access token with client credentials. */
export async function accessToken(
  url: string,
  { realm = 'alpha', id = credentials.client_id, wanted: scopes = scope }: Named & { wanted?: string } = {},
): Promise<string> {
  const { status, body } = await answerOf(
    await fetch(`${url}/oauth2${realmPath(realm)}/access_token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: id,
        client_secret: credentials.client_secret,
        scope: scopes,
      }),
    }),
  )
  if (typeof body.access_token !== 'string') throw new Error(`no token: ${status} ${JSON.stringify(body)}`)
  return body.access_token
}

/** Configures the client and gets its first token. */
export async function newBackchannelToken(url: string, named: Named = {}): Promise<string> {
  await configureClient(url, await signInAsAdministrator(url), 'PUT', named)
  return accessToken(url, named)
}

type BackchannelAction =
  | 'initialize'
  | 'info'
  | 'describe'
  | 'seen'
  | 'confirm'
  | 'reject'
  | 'cancel'
  | 'send'

/** Posts to `…/authenticate/backchannel/initialize` and similar endpoints. */
export async function backchannel(
  url: string,
  action: BackchannelAction,
  body: unknown,
  {
    token,
    realm = 'alpha',
    headers = {},
  }: { token?: string; realm?: string; headers?: Record<string, string> } = {},
): Promise<RestAnswer> {
  return answerOf(
    await fetch(`${url}/json${realmPath(realm)}/authenticate/backchannel/${action}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'accept-api-version': 'resource=1, protocol=2.0',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  )
}

/** Sends a GET below the realm with a session. */
export async function get(
  url: string,
  path: string,
  { session, realm = 'alpha' }: { session?: string; realm?: string } = {},
): Promise<RestAnswer> {
  return answerOf(
    await fetch(`${url}/json${realmPath(realm)}/${path}`, {
      headers: session === undefined ? {} : { iplanetdirectorypro: session },
    }),
  )
}

/** Data that the agent's journey passes on in the sample. */
export const callersData = { username: 'alex', objectAttributes: { mail: 'alex@example.com' } }

/** Opens a transaction; undefined members are omitted. @returns its id. */
export async function openTransaction(
  url: string,
  token: string,
  body: Record<string, Json | undefined> = {},
): Promise<string> {
  const opened = await backchannel(
    url,
    'initialize',
    {
      type: 'service',
      value: 'VerifyCaller',
      subject: { type: 'user', name: 'alex' },
      data: callersData,
      ...body,
    },
    { token },
  )
  if (typeof opened.body.transaction !== 'string') throw new Error(JSON.stringify(opened.body))
  return opened.body.transaction
}

/** State and result of a transaction, as in `IN_PROGRESS UNKNOWN`. */
export async function stateOf(url: string, token: string, transaction: string): Promise<string> {
  const { status, body } = await backchannel(url, 'info', { transaction }, { token })
  return status === 200 ? `${body.state} ${body.result}` : `${status} ${body.message}`
}

/** Turns off the pause after "this is not me", because tests have few people. */
export async function turnOffPause(url: string, realm = 'alpha'): Promise<void> {
  const answer = await fetch(`${url}/json${realmPath(realm)}/realm-config/help-desk`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', iplanetdirectorypro: await signInAsAdministrator(url) },
    body: JSON.stringify({ pauseMinutes: 0 }),
  })
  if (!answer.ok) throw new Error(`the settings were not saved: ${answer.status}`)
}

/** Cancels all open transactions. */
export async function cancelAll(url: string, realm = 'alpha'): Promise<void> {
  const session = await signInAsAdministrator(url)
  const path = 'backchannel-transactions'
  const { body } = await get(url, `${path}?state=open&_pageSize=100`, { session, realm })
  for (const { reference } of body.result as { reference: string }[]) {
    await fetch(`${url}/json${realmPath(realm)}/${path}/${reference}?_action=cancel`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', iplanetdirectorypro: session },
      body: '{}',
    })
  }
}
