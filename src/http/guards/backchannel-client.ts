import { RequestError } from '../../base/errors.ts'
import type { Guard } from './visit.ts'

const scope = 'back_channel_authentication'

/** Requires a bearer token with the backchannel scope. The authorization server silently drops scopes that a client may not have. */
export const requireBackchannelClient: Guard = async ({ call, reply }) => {
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
