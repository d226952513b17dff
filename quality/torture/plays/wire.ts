import type { JsonObject } from '../../../src/base/json.ts'
import { filledIn, stepOf, type WireAnswer } from '../../../test/support/wire.ts'
import type { Answer, Request } from '../client.ts'

export const realm = '/json/realms/root/realms/alpha'

const version = { 'accept-api-version': 'resource=2.1, protocol=1.0' }

export function start(query: Record<string, string>): Request {
  return { path: `${realm}/authenticate?${new URLSearchParams(query)}`, headers: version }
}

/** The request that answers a page. */
export function step(page: Answer, values: unknown[], headers: Record<string, string> = {}): Request {
  return {
    path: `${realm}/authenticate`,
    body: filledIn(stepOf(page as WireAnswer), ...values),
    headers: { ...version, ...headers },
  }
}

export function isPage({ status, body }: Answer): boolean {
  return status === 200 && body.authId !== undefined
}

export function isSuccess({ status, body }: Answer): boolean {
  return status === 200 && body.authId === undefined
}

export function asAdministrator(session: string, request: Request): Request {
  const headers = { 'accept-api-version': 'resource=1.0', iplanetdirectorypro: session }
  return { ...request, headers: { ...headers, ...request.headers } }
}

export function asClient(token: string, action: string, body: JsonObject): Request {
  return {
    path: `${realm}/authenticate/backchannel/${action}`,
    body,
    headers: { 'accept-api-version': 'resource=1, protocol=2.0', authorization: `Bearer ${token}` },
  }
}
