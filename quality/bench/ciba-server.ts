import { createServer } from 'node:http'
import Provider from 'oidc-provider'
import { listeningAt } from '../../src/server/listening-at.ts'

/** A server to compare an agent's polls with: `oidc-provider` alone in memory, with a client that polls for consent (CIBA). */
const provider = new Provider('http://127.0.0.1', {
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
  ],
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
})
const server = createServer(provider.callback())
server.listen(0, '127.0.0.1', () => console.log(`listens at ${listeningAt(server.address())}`))
