import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { samlBodyBytes } from '../body-limits.ts'
import type { SamlNeeds } from './saml-messages.ts'

/** Loaded with the first message, with its XML parsers. */
const messages = () => import('./saml-messages.ts')

/**
 * The SAML 2.0 endpoints: assertion consumer, logout and metadata. They are a plugin rather than routes, because their bodies are
 * not JSON. Source: "SSO in integrated mode".
 */
export function samlRoutes(needs: SamlNeeds): FastifyPluginAsync {
  return async (scope) => {
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      async (_request: FastifyRequest, text: string) => Object.fromEntries(new URLSearchParams(text)),
    )
    const bodyLimit = samlBodyBytes
    const config = { side: 'both' } as const
    for (const mount of ['AuthConsumer', 'SPSloRedirect', 'SPSloPOST']) {
      const handle = mount === 'AuthConsumer' ? 'receive' : 'receiveLogout'
      const handler = async (request: FastifyRequest, reply: FastifyReply) =>
        (await messages())[handle](needs, request, reply)
      scope.post(`/am/${mount}/metaAlias/*`, { bodyLimit, config }, handler)
      scope.get(`/am/${mount}/metaAlias/*`, { config }, handler)
    }
    scope.get('/am/saml2/jsp/exportmetadata.jsp', { config }, async (request, reply) =>
      (await messages()).describe(needs, request, reply),
    )
  }
}
