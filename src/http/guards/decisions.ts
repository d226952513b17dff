import type { Route } from '../route.ts'

/** Callers of routes whose handlers check the call. The texts are for docs/access.md. */
export const players = {
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

export type Player = keyof typeof players

export const playerNames = Object.keys(players) as readonly Player[] // Object.keys forgets literal types

export type Decision = {
  method: Route['method']
  /** The path in the route table. OAuth endpoints, which have no routes, have their full path. */
  path: string
  /** What the call does. */
  does: string
  /** The callers that are allowed. All others are refused. */
  may: readonly Player[]
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
  startCheck:    { method: 'POST', path: 'authenticate', does: 'starts a check that the realm offers', may: ['agent', 'colleague', 'lead', 'admin', 'realmAdmin'] },
  feed:          { method: 'GET',  path: `${backchannel}/events`,   does: 'reads the live feed of a check', may: lookAfter },
  feedCodes:     { method: 'GET',  path: `${backchannel}/events`,   does: 'reads the codes in the feed', may: ['journey', 'agent'] },
  send:          { method: 'POST', path: `${backchannel}/send`,     does: 'emails the link', may: ['journey', 'agent', 'client'] },
  cancel:        { method: 'POST', path: `${backchannel}/cancel`,   does: 'cancels a check', may: lookAfter },
  describe:      { method: 'POST', path: `${backchannel}/describe`, does: 'reads who opened the check and why', may: link },
  confirm:       { method: 'POST', path: `${backchannel}/confirm`,  does: 'says "I called"', may: link },
  reject:        { method: 'POST', path: `${backchannel}/reject`,   does: 'says "this is not me"', may: link },
  info:          { method: 'POST', path: `${backchannel}/info`,     does: 'reads the state of a transaction by the id of its link', may: ['client', 'otherClient'] },
  readCheck:     { method: 'GET',  path: 'help-desk/verifications/:reference',  does: 'reads a check', may: ['agent', 'lead', 'admin', 'realmAdmin'] },
  readCodes:     { method: 'GET',  path: 'help-desk/verifications/:reference',  does: 'reads its codes', may: ['agent'] },
  use:           { method: 'POST', path: 'help-desk/verifications/:reference',  does: '`use`: uses its result', may: ['agent'] },
  grant:         { method: 'POST', path: 'help-desk/verifications/:reference',  does: '`grant`: gets a grant for its result', may: ['agent'] },
  consume:       { method: 'POST', path: 'verification/grants',     does: '`consume`: uses a grant', may: ['agent', 'client', 'otherClient'] },
  describeToken: { method: 'POST', path: 'sessions', does: '`getSessionInfo` of a token in the call', may: playerNames },
  ownSession:    { method: 'POST', path: 'users',    does: '`idFromSession`: who is signed in', may: signedIn },
  validateGoto:  { method: 'POST', path: 'users',    does: '`validateGoto`', may: playerNames },
  logoutByUser:  { method: 'POST', path: 'sessions', does: '`logoutByUser`: ends sessions of the person', may: people },
  logoutHandle:  { method: 'POST', path: 'sessions', does: '`logoutByHandle`: ends a session of the person', may: people },
  profile:       { method: 'GET',  path: 'users/:id', does: 'reads the profile of the person', may: people },
  factors:       { method: 'GET',  path: `${devices}/2fa/:kind`, does: 'lists the second factors of the person', may: people },
  factor:        { method: 'GET',  path: `${devices}/2fa/:kind/:uuid`, does: 'reads a second factor', may: people },
  renameFactor:  { method: 'PUT',  path: `${devices}/2fa/:kind/:uuid`, does: 'renames a second factor', may: people },
  removeFactor:  { method: 'DELETE', path: `${devices}/2fa/:kind/:uuid`, does: 'removes a second factor', may: people },
  profiles:      { method: 'GET',  path: `${devices}/profile`, does: 'lists the devices of the person', may: people },
  oneProfile:    { method: 'GET',  path: `${devices}/profile/:uuid`, does: 'reads a device', may: people },
  renameProfile: { method: 'PUT',  path: `${devices}/profile/:uuid`, does: 'renames a device', may: people },
  removeProfile: { method: 'DELETE', path: `${devices}/profile/:uuid`, does: 'removes a device', may: people },
  authorize:     { method: 'GET',  path: '/am/oauth2{realm}/authorize', does: 'gets a code for an application about the calling person', may: atHome },
  introspect:    { method: 'POST', path: '/am/oauth2{realm}/introspect', does: "reads a person's token", may: ['client'] },
  revoke:        { method: 'POST', path: '/am/oauth2{realm}/token/revoke', does: "revokes a person's token", may: ['client'] },
} as const satisfies Record<string, Decision>

export type DecisionName = keyof typeof decisions

/** Routes for everyone that treat all callers alike. */
export const answersAlike: Readonly<Record<string, string>> = {
  authenticate: 'the journey decides',
  appearance: 'the theme of the sign-in page',
  'serverinfo/:id': 'what clients read before a sign-in',
  'openapi.json': 'the description of all routes',
  'health/live': 'whether the process runs',
  'health/ready': 'whether the server takes requests',
}
