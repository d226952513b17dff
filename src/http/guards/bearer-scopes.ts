import { adminScopeNames } from '../../oauth/admin-scopes.ts'
import type { Route } from '../route.ts'
import { isStaffAccess, type StaffAccess, staffAccesses } from './rights.ts'

/**
 * Accesses that no token gives. Verifying callers, watching checks and reading the audit book is work of a person at a page,
 * and the person's session may be under a stricter rule than the tool that holds a token.
 */
// rule S32: otherwise tokens allow the work of agents
const sessionAccesses: readonly StaffAccess[] = ['helpdesk', 'transactions', 'audit']

/** The accesses that a token can give. */
export const bearerAccesses: readonly StaffAccess[] = staffAccesses.filter(
  (access) => !sessionAccesses.includes(access),
)

/** Without the scope for journeys, a token must not make anyone an author: an author can sign in as any person of the realm. */
const peopleAccesses: readonly StaffAccess[] = ['people', 'staff']

/** The greatest rights that a token with these scopes may give to people, or find with people whom it changes. */
export function grantableAccesses(scopes: readonly string[]): readonly StaffAccess[] {
  // rule S32: otherwise tokens for people only make authors of journeys
  return scopes.includes('fr:am:*') ? bearerAccesses : peopleAccesses
}

/** Tokens can't change how long the audit trail is kept: only a signed-in person can. */
// rule S32: otherwise tokens shorten the audit trail
const sessionPaths: readonly string[] = ['global-config/audit']

const identityManagement = '/openidm/'
const identityScopes: readonly string[] = ['fr:idm:*']

/** The scopes of which a token needs one to call a route. None: the route takes no token of administration. */
export function scopesOf({
  method,
  path,
  access,
}: Pick<Route, 'method' | 'path' | 'access'>): readonly string[] {
  if (!isStaffAccess(access) || sessionAccesses.includes(access) || sessionPaths.includes(path)) return []
  if (path.startsWith('/environment/')) return environmentScopes(method, path)
  if (path.startsWith(identityManagement)) return identityScopes
  if (path === '/feature') return adminScopeNames
  return path.startsWith('/') ? [] : ['fr:am:*']
}

/**
 * Whether a call of another route can read or write variables, too. Its token needs a scope of theirs.
 * @param scopes of the token; undefined for a session.
 */
export function reachesVariables(method: 'GET' | 'PUT', scopes: readonly string[] | undefined): boolean {
  const needed = environmentScopes(method, '/environment/variables/:id')
  return scopes === undefined || scopes.some((scope) => needed.includes(scope))
}

/**
 * Whether a call of another route can reach what the identity management's own routes have.
 * @param scopes of the token; undefined for a session.
 */
export function reachesIdentityManagement(scopes: readonly string[] | undefined): boolean {
  return scopes === undefined || scopes.some((scope) => identityScopes.includes(scope))
}

/** Source: "Scopes for environment secrets and variables" of the vendor's cloud. */
function environmentScopes(method: Route['method'], path: string): readonly string[] {
  if (path.startsWith('/environment/scopes/')) return adminScopeNames
  const every = 'fr:idc:esv:*'
  if (method === 'GET') return [every, 'fr:idc:esv:read']
  return [every, path.startsWith('/environment/startup') ? 'fr:idc:esv:restart' : 'fr:idc:esv:update']
}

/** Whether a request brings a token, valid or not. */
export function bringsBearer({ authorization }: { authorization?: string | undefined }): boolean {
  return /^bearer(\s|$)/i.test(authorization ?? '')
}
