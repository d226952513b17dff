import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import Provider from 'oidc-provider'
import { Passwords } from '../../../src/people/passwords/passwords.ts'
import { listeningAt } from '../../../src/server/listening-at.ts'
import { password } from '../people.ts'
import { names } from './asked-for.ts'
import { listens } from './listens.ts'

/**
 * `oidc-provider` in memory, to compare polls and logins with: a client that polls for consent (CIBA), and one that signs
 * people in by code, with the login form that its documentation leaves to the application.
 */
const provider: Provider = new Provider('http://127.0.0.1', {
  clients: [
    {
      client_id: 'desk',
      client_secret: 'Desk-Secret-2026',
      token_endpoint_auth_method: 'client_secret_basic',
      grant_types: ['urn:openid:params:grant-type:ciba'],
      response_types: [],
      redirect_uris: [],
      backchannel_token_delivery_mode: 'poll',
    },
    {
      client_id: 'app',
      client_secret: 'App-Secret-2026',
      redirect_uris: ['https://app.example.com/signed-in'],
    },
  ],
  cookies: { keys: ['a-secret-of-the-bench-and-nothing-else'] },
  features: {
    devInteractions: { enabled: false },
    ciba: {
      enabled: true,
      deliveryModes: ['poll'],
      processLoginHint: (_context, hint) => hint,
      triggerAuthenticationDevice: () => undefined,
      validateBindingMessage: () => undefined,
      validateRequestContext: () => undefined,
      verifyUserCode: () => undefined,
    },
  },
  findAccount: (_context, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
  // The application is the server's own and needs no consent.
  async loadExistingGrant({ oidc }) {
    const accountId = oidc.session?.accountId
    const clientId = oidc.client?.clientId
    if (accountId === undefined || clientId === undefined) return undefined
    const grant = new provider.Grant({ accountId, clientId })
    grant.addOIDCScope('openid')
    await grant.save()
    return grant
  },
})

const passwords = new Passwords()
const hashes = new Map<string, string>()
for (const name of names) hashes.set(name, await passwords.hash(password))

async function signIn(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const form = new URLSearchParams(await text(request))
  const accountId = form.get('name') ?? ''
  const isRight = await passwords.verify(hashes.get(accountId), form.get('password') ?? '')
  const result = isRight ? { login: { accountId } } : { error: 'access_denied' }
  await provider.interactionFinished(request, response, result)
}

const callback = provider.callback()
const server = createServer((request, response) => {
  if (!request.url?.startsWith('/interaction/')) return callback(request, response)
  return signIn(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)))
})
server.listen(0, '127.0.0.1', () => listens(listeningAt(server.address())))
