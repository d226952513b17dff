import type { Route } from '../route.ts'

/** Who calls a route that decides for itself; the texts are for the reference page. */
export const players = {
  nobody: 'no session, no link, no token',
  caller: 'has the link of the check',
  journey: "the agent's front journey, by its `authId`",
  agent: 'the agent who opened the check',
  colleague: 'another agent of the realm',
  lead: '`agent-lead` of the realm',
  admin: '`admin`',
  realmAdmin: '`realm-admin` of the realm',
  foreignAdmin: '`realm-admin` of another realm',
  self: 'the person whom the check, the session or the device is about',
  other: 'another person of the realm',
  client: 'a client with the scope, for what it opened itself',
  otherClient: 'a client with the scope, for what somebody else opened',
  unscopedClient: 'a client without the scope',
} as const

export type Player = keyof typeof players

export const playerNames = Object.keys(players) as readonly Player[] // Object.keys forgets literal types

export type Decision = {
  method: Route['method']
  /** As the route table has it; OAuth endpoints, which have no routes, below the context path. */
  path: string
  /** What the call does. */
  does: string
  /** Who may do it. Everybody else is refused. */
  may: readonly Player[]
}

const people = ['admin', 'realmAdmin', 'self'] as const
const lookAfter = ['journey', 'agent', 'lead', 'admin', 'realmAdmin', 'client'] as const
/** A client that opened a transaction has its link. */
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
 * What the routes for everyone decide inside, and routes of a role that look at whose check it is. From this table
 * docs/access.md is made, and test/http/decisions.test.ts compares each cell with a running server.
 */
// biome-ignore format: a table
export const decisions = {
  startCheck:    { method: 'POST', path: 'authenticate', does: 'starts a check that the realm offers', may: ['agent', 'colleague', 'lead', 'admin', 'realmAdmin'] },
  feed:          { method: 'GET',  path: `${backchannel}/events`,   does: 'reads the live feed of a check', may: lookAfter },
  feedCodes:     { method: 'GET',  path: `${backchannel}/events`,   does: 'reads the codes in it', may: ['journey', 'agent'] },
  send:          { method: 'POST', path: `${backchannel}/send`,     does: 'mails the link', may: ['journey', 'agent', 'client'] },
  cancel:        { method: 'POST', path: `${backchannel}/cancel`,   does: 'cancels a check', may: lookAfter },
  describe:      { method: 'POST', path: `${backchannel}/describe`, does: 'reads who asks and what for', may: link },
  confirm:       { method: 'POST', path: `${backchannel}/confirm`,  does: 'says "I called"', may: link },
  reject:        { method: 'POST', path: `${backchannel}/reject`,   does: 'says "this is not me"', may: link },
  info:          { method: 'POST', path: `${backchannel}/info`,     does: 'reads the state of a transaction by the id of its link', may: ['client', 'otherClient'] },
  readCheck:     { method: 'GET',  path: 'help-desk/verifications/:reference',  does: 'reads a check', may: ['agent', 'lead', 'admin', 'realmAdmin'] },
  readCodes:     { method: 'GET',  path: 'help-desk/verifications/:reference',  does: 'reads its codes', may: ['agent'] },
  use:           { method: 'POST', path: 'help-desk/verifications/:reference',  does: '`use`: uses its result', may: ['agent'] },
  grant:         { method: 'POST', path: 'help-desk/verifications/:reference',  does: '`grant`: gets a grant of its result', may: ['agent'] },
  consume:       { method: 'POST', path: 'verification/grants',     does: '`consume`: uses a grant', may: ['agent', 'client', 'otherClient'] },
  describeToken: { method: 'POST', path: 'sessions', does: '`getSessionInfo` of a token that the call shows', may: playerNames },
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
  authorize:     { method: 'GET',  path: '/am/oauth2{realm}/authorize', does: 'gets an application a code about the person who calls', may: atHome },
  introspect:    { method: 'POST', path: '/am/oauth2{realm}/introspect', does: "reads a person's token", may: ['client'] },
  revoke:        { method: 'POST', path: '/am/oauth2{realm}/token/revoke', does: "revokes a person's token", may: ['client'] },
} as const satisfies Record<string, Decision>

export type DecisionName = keyof typeof decisions

/** Routes for everyone that answer all players alike. */
export const answersAlike: Readonly<Record<string, string>> = {
  authenticate:
    'a journey decides; starting a check that the realm offers is in `test/front-journeys.test.ts`',
  appearance: 'how the sign-in page looks',
  'serverinfo/:id': 'what clients ask before a sign-in',
  'openapi.json': 'the description of all routes',
  'health/live': 'whether the process runs',
  'health/ready': 'whether the server takes requests',
}
