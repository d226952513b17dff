import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import { notFound } from '../../base/errors.ts'
import { readPageAddress } from '../page-address.ts'
import type { Route } from '../route.ts'
import { isStaffAccess } from './rights.ts'
import { isStaffHost, type OwnAddresses, type Side } from './staff-host.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Every route has one. */
    side?: Side
    /** Whether a browser opens it: it is led to the right host. */
    isPage?: true
  }
}

/** Why a path is not found. */
export const notHere = 'This path is not served at this host'

/** Roles have an effect only at the staff host, so their routes are there. Other credentials don't depend on a host. */
export function sideOf(route: Pick<Route, 'access' | 'side'>): Side {
  // rule R15: otherwise routes of staff are answered at the hosts of callers
  return route.side ?? (isStaffAccess(route.access) ? 'staff' : 'both')
}

/**
 * Answers the routes of staff at their host alone, and those of callers at all others alone. Cookies have no domain, so that neither
 * host gets those of the other.
 */
export function divideHosts(app: FastifyInstance, own: OwnAddresses): void {
  const routes: RouteOptions[] = []
  app.addHook('onRoute', (route) => void routes.push(route))
  app.addHook('onReady', (done) => {
    const undecided = routes.find(({ config }) => config?.side === undefined)
    done(undecided && new Error(`The route ${undecided.url} must say at which host it is answered`))
  })
  const { baseUrl, staffUrl } = own
  if (baseUrl === undefined || staffUrl === undefined) return
  app.addHook('onRequest', (request, reply, done) => {
    if (isHere(own, request)) done()
    else refuse(request, reply, isStaffHost(own, request.headers.host) ? baseUrl : staffUrl, done)
  })
}

/** Whether routes of this side are answered at the host. */
export function isAnsweredAt(own: OwnAddresses, host: string | undefined, side: Side | undefined): boolean {
  if (own.baseUrl === undefined || own.staffUrl === undefined || side === 'both') return true
  // rule R15: otherwise routes of one side are answered at both hosts
  return side === (isStaffHost(own, host) ? 'staff' : 'callers')
}

function isHere(own: OwnAddresses, { is404, routeOptions, originalUrl, headers }: FastifyRequest): boolean {
  const { side, isPage } = routeOptions.config
  if (is404) return true
  if (!isAnsweredAt(own, headers.host, side)) return false
  // The sign-in page is at both hosts, but a caller's link is not for the staff's.
  const isStaffs = isStaffHost(own, headers.host)
  // rule R15: otherwise a caller’s link opens at the host of staff
  return !(isStaffs && isPage && readPageAddress(originalUrl)?.transaction !== undefined)
}

function refuse(
  { method, routeOptions, originalUrl }: FastifyRequest,
  reply: FastifyReply,
  other: string,
  done: (error?: Error) => void,
): void {
  if (routeOptions.config.isPage && method === 'GET') reply.redirect(new URL(other).origin + originalUrl, 302)
  else done(notFound(notHere))
}
