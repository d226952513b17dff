import { RequestError } from '../../errors.ts'
import type { Check } from './visit.ts'

const scope = 'back_channel_authentication'

/** A token without the scope is a valid token: the authorization server drops scopes in silence. */
export const requireBackchannelClient: Check = async ({ call, reply }) => {
  const client = await call.client()
  if (client === undefined) {
    reply.header('www-authenticate', 'Bearer')
    throw new RequestError(401, 'Access Denied')
  }
  if (!client.scopes.includes(scope)) {
    reply.header('www-authenticate', `Bearer error="insufficient_scope", scope="${scope}"`)
    throw new RequestError(403)
  }
}
