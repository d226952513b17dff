import type { Route } from '../route.ts'

/** Callers of routes whose handlers check the call. The texts are for docs/access.md. */
export const actors = {
  anonymous: 'no session, no link, no token',
  caller: 'has the link of the check',
  journey: "the agent's front journey, by its `authId`",
  agent: 'the agent who opened the check',
  colleague: 'another agent of the realm',
  lead: '`agent-lead` of the realm',
  admin: '`admin`',
  realmAdmin: '`realm-admin` of the realm',
  foreignAdmin: '`realm-admin` of another realm',
  self: 'the person that the check, session or device is about',
  other: 'another person of the realm',
  client: 'a client with the scope, for its own transactions',
  otherClient: 'a client with the scope, for transactions of others',
  unscopedClient: 'a client without the scope',
} as const

export type Actor = keyof typeof actors

export const actorNames = Object.keys(actors) as readonly Actor[] // Object.keys forgets literal types

export type Decision = {
  method: Route['method']
  /** The path in the route table. OAuth endpoints, which have no routes, have their full path. */
  path: string
  /** What the call does. */
  action: string
  /** The callers that are allowed. All others are refused. */
  allowed: readonly Actor[]
}

const people = ['admin', 'realmAdmin', 'self'] as const
const lookAfter = ['journey', 'agent', 'lead', 'admin', 'realmAdmin', 'client'] as const
/** A client that opens a transaction gets its link. */
const link = ['caller', 'client'] as const
const signedIn = [
  'agent',
  'colleague',
  'lead',
  'admin',
  'realmAdmin',
  'foreignAdmin',
  'self',
  'other',
] as const
const atHome = ['agent', 'colleague', 'lead', 'realmAdmin', 'self', 'other'] as const

const backchannel = 'authenticate/backchannel'
const devices = 'users/:id/devices'

/**
 * Checks that handlers make: in routes for everyone, and in routes that depend on whose check it is. docs/access.md is
 * generated from this table, and test/http/decisions.test.ts tries every cell against a running server.
 */
// biome-ignore format: a table
export const decisions = {
  startCheck:    { method: 'POST', path: 'authenticate', action: 'starts a check that the realm offers', allowed: ['agent', 'colleague', 'lead', 'admin', 'realmAdmin'] },
  feed:          { method: 'GET',  path: `${backchannel}/events`,   action: 'reads the live feed of a check', allowed: lookAfter },
  feedCodes:     { method: 'GET',  path: `${backchannel}/events`,   action: 'reads the codes in the feed', allowed: ['journey', 'agent'] },
  send:          { method: 'POST', path: `${backchannel}/send`,     action: 'emails the link', allowed: ['journey', 'agent', 'client'] },
  cancel:        { method: 'POST', path: `${backchannel}/cancel`,   action: 'cancels a check', allowed: lookAfter },
  describe:      { method: 'POST', path: `${backchannel}/describe`, action: 'reads who opened the check and why', allowed: link },
  seen:          { method: 'POST', path: `${backchannel}/seen`,     action: 'says that the page is shown', allowed: link },
  confirm:       { method: 'POST', path: `${backchannel}/confirm`,  action: 'says "I called"', allowed: link },
  reject:        { method: 'POST', path: `${backchannel}/reject`,   action: 'says "this is not me"', allowed: link },
  info:          { method: 'POST', path: `${backchannel}/info`,     action: 'reads the state of a transaction by the id of its link', allowed: ['client', 'otherClient'] },
  readCheck:     { method: 'GET',  path: 'help-desk/verifications/:reference',  action: 'reads a check', allowed: ['agent', 'lead', 'admin', 'realmAdmin'] },
  readCodes:     { method: 'GET',  path: 'help-desk/verifications/:reference',  action: 'reads its codes', allowed: ['agent'] },
  use:           { method: 'POST', path: 'help-desk/verifications/:reference',  action: '`use`: uses its result', allowed: ['agent'] },
  grant:         { method: 'POST', path: 'help-desk/verifications/:reference',  action: '`grant`: gets a grant for its result', allowed: ['agent'] },
  shortCode:     { method: 'POST', path: 'help-desk/verifications/:reference',  action: '`shortCode`: gets a short code for its link', allowed: ['agent'] },
  consume:       { method: 'POST', path: 'verification/grants',     action: '`consume`: uses a grant', allowed: ['agent', 'client', 'otherClient'] },
  describeToken: { method: 'POST', path: 'sessions', action: '`getSessionInfo` of a token in the call', allowed: actorNames },
  ownSession:    { method: 'POST', path: 'users',    action: '`idFromSession`: who is signed in', allowed: signedIn },
  validateGoto:  { method: 'POST', path: 'users',    action: '`validateGoto`', allowed: actorNames },
  logoutByUser:  { method: 'POST', path: 'sessions', action: '`logoutByUser`: ends sessions of the person', allowed: people },
  logoutHandle:  { method: 'POST', path: 'sessions', action: '`logoutByHandle`: ends a session of the person', allowed: people },
  profile:       { method: 'GET',  path: 'users/:id', action: 'reads the profile of the person', allowed: people },
  ownSessions:   { method: 'GET',  path: 'users/:id/sessions', action: 'lists the own sessions', allowed: ['self'] },
  factors:       { method: 'GET',  path: `${devices}/2fa/:kind`, action: 'lists the second factors of the person', allowed: people },
  factor:        { method: 'GET',  path: `${devices}/2fa/:kind/:uuid`, action: 'reads a second factor', allowed: people },
  renameFactor:  { method: 'PUT',  path: `${devices}/2fa/:kind/:uuid`, action: 'renames a second factor', allowed: people },
  removeFactor:  { method: 'DELETE', path: `${devices}/2fa/:kind/:uuid`, action: 'removes a second factor', allowed: people },
  profiles:      { method: 'GET',  path: `${devices}/profile`, action: 'lists the devices of the person', allowed: people },
  oneProfile:    { method: 'GET',  path: `${devices}/profile/:uuid`, action: 'reads a device', allowed: people },
  renameProfile: { method: 'PUT',  path: `${devices}/profile/:uuid`, action: 'renames a device', allowed: people },
  removeProfile: { method: 'DELETE', path: `${devices}/profile/:uuid`, action: 'removes a device', allowed: people },
  authorize:     { method: 'GET',  path: '/am/oauth2{realm}/authorize', action: 'gets a code for an application about the calling person', allowed: atHome },
  introspect:    { method: 'POST', path: '/am/oauth2{realm}/introspect', action: "reads a person's token", allowed: ['client'] },
  revoke:        { method: 'POST', path: '/am/oauth2{realm}/token/revoke', action: "revokes a person's token", allowed: ['client'] },
} as const satisfies Record<string, Decision>

export type DecisionName = keyof typeof decisions

/** Routes for everyone that treat all callers alike. */
export const openRoutes: Readonly<Record<string, string>> = {
  authenticate: 'the journey decides',
  'authenticate/backchannel/keycloak': 'the signature of the realm’s Keycloak decides',
  'short-codes': 'the code decides; guesses are limited',
  'push/sns/message': 'the key of the device decides',
  '/am/messages/status/:token': 'the token of the message decides; unknown tokens are limited',
  appearance: 'the theme of the sign-in page',
  'serverinfo/:id': 'what clients read before a sign-in',
  'openapi.json': 'the description of all routes',
  'health/live': 'whether the process runs',
  'health/ready': 'whether the server takes requests',
}
