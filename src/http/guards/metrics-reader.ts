import { createHash, timingSafeEqual } from 'node:crypto'
import { RequestError } from '../../base/errors.ts'
import type { Guard } from './visit.ts'

/**
 * Requires an administrator's session or the metrics password: as `Bearer`, or as the password of `Basic` with any
 * username, as Prometheus sends it. Source: "Monitor with Prometheus".
 */
export const requireMetricsReader: Guard = async ({ call, reply, metricsPassword }) => {
  const given = passwordIn(call.headers.authorization)
  if (given === undefined && (await call.session()) !== undefined) {
    if ((await call.rights()).may('administrator', '/')) return
    throw new RequestError(403)
  }
  const isRight = given !== undefined && metricsPassword !== undefined && isSame(given, metricsPassword)
  if (isRight) return
  reply.header('www-authenticate', 'Basic realm="metrics"')
  throw new RequestError(401, 'Access Denied')
}

function passwordIn(authorization: string | undefined): string | undefined {
  const [, scheme = '', credentials = ''] = /^(basic|bearer) +(\S+)$/i.exec(authorization ?? '') ?? []
  if (scheme.toLowerCase() === 'bearer') return credentials
  if (scheme.toLowerCase() !== 'basic') return undefined
  const named = Buffer.from(credentials, 'base64').toString('utf8')
  return named.includes(':') ? named.slice(named.indexOf(':') + 1) : ''
}

/** Compares in constant time. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest())
  return a !== undefined && b !== undefined && timingSafeEqual(a, b)
}
