import { afterAll, beforeAll, expect, test } from 'vitest'
import { defined } from '../../src/base/defined.ts'
import {
  type Actor,
  actorNames,
  type DecisionName,
  decisions,
  openRoutes,
} from '../../src/http/guards/decisions.ts'
import { allRoutes, type RouteDependencies } from '../../src/http/routes.ts'
import {
  accessToken,
  configureClient,
  openTransaction,
  signInAsAdministrator,
} from '../support/backchannel-client.ts'
import { agentSignsIn, callerOpens, deskOpens } from '../support/help-desk-play.ts'
import { clientDocument } from '../support/oauth-server.ts'
import { saveJourney, saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { RelyingParty, visit } from '../support/relying-party.ts'
import { asking } from '../support/rest.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, signIn, stepOf } from '../support/wire.ts'

// Checks the table of src/http/guards/decisions.ts, which docs/access.md shows, against a running server.

const alex = { id: 'ac6c7d3f-bb79-445f-8726-c3b6bda5b290', name: 'alex', password: 'Alex-Pass-2026' }
const action = 'Unlock the account'
const scopes = ['back_channel_authentication', 'verification_grant']

let server: TestServer
let url: string
const sessions: Partial<Record<Actor, string>> = {}
const tokens: Partial<Record<Actor, string>> = {}
const applications: Partial<Record<Actor, RelyingParty>> = {}

const login = {
  name: { type: 'UsernameCollectorNode', to: { outcome: 'password' } },
  password: { type: 'PasswordCollectorNode', to: { outcome: 'check' } },
  check: { type: 'DataStoreDecisionNode', to: { true: 'success', false: 'failure' } },
}

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    await saveRealm(stores, '/beta', { defaultJourney: 'Login' })
    await saveJourney(stores, 'Login', login, { noSession: false }, '/beta')
  })
  url = server.url
  const admin = await signInAsAdministrator(url)
  Object.assign(sessions, {
    admin,
    agent: await agentSignsIn(url),
    colleague: await signIn(url, 'noor', 'Noor-Pass-2026'),
    self: await signIn(url, alex.name, alex.password),
    other: await signIn(url, 'mira', 'Mira-Pass-2026'),
    lead: await staff(admin, 'agent-lead', 'alpha'),
    realmAdmin: await staff(admin, 'realm-admin', 'alpha'),
    foreignAdmin: await staff(admin, 'realm-admin', 'beta'),
  })
  await registerClients(admin)
})
afterAll(() => server.stop())

async function staff(admin: string, role: string, realm: string): Promise<string> {
  const ask = asking(url, admin)
  const people = `/openidm/managed/${realm}_user`
  const id = `${realm}-${role}`
  const password = 'Staff-Pass-2026!'
  const body = {
    _id: id,
    userName: role,
    givenName: 'S',
    sn: 'Taff',
    mail: `${role}@example.com`,
    password,
  }
  const made = await ask(`${people}?_action=create`, { method: 'POST', body })
  expect(made.body).toMatchObject({ _id: id })
  const given = await ask(`${people}/${id}?_action=setRoles`, { method: 'POST', body: { roles: [role] } })
  expect(given.status).toBe(200)
  return signIn(url, role, password, realm)
}

async function registerClients(admin: string): Promise<void> {
  for (const actor of ['client', 'otherClient', 'unscopedClient'] as const) {
    const wanted = actor === 'unscopedClient' ? ['reports'] : scopes
    const document = clientDocument({ scopes: wanted, defaultScopes: [] })
    await configureClient(url, admin, 'PUT', { id: actor }, document)
    tokens[actor] = await accessToken(url, { id: actor, wanted: wanted.join(' ') })
    applications[actor] = new RelyingParty(url, `app-${actor}`, `secret of ${actor}`)
    await applications[actor].register()
  }
  applications.anonymous = new RelyingParty(url, 'nobody', 'no secret')
}

/** The subject of a call. Players without the link name a check by its reference. */
type Target = { id: string; reference: string; authId: string; grant: string; accessToken: string }

type Answer = { status: number; text: string }

const isClient = (actor: Actor) => actor === 'client'

/**
 * A check of the agent, completed where its result matters; for a client a transaction that it opened itself.
 */
async function targetFor(name: DecisionName, actor: Actor): Promise<Target> {
  const nothing = { id: '', reference: '', authId: '', grant: '', accessToken: '' }
  if (name === 'introspect' || name === 'revoke') {
    const app = applications.client as RelyingParty
    const { access_token } = await app.tokens(await signIn(url, alex.name, alex.password))
    return { ...nothing, accessToken: access_token }
  }
  const { path } = decisions[name]
  const isAboutCheck = /backchannel|verification/.test(path)
  if (!isAboutCheck) return nothing
  // "This is not me" in the previous row started a pause.
  const lift = `/realms/root/realms/alpha/help-desk/people/${alex.id}?_action=liftPause`
  await asking(url, String(sessions.admin))(lift, { method: 'POST', body: { reason: 'called back' } })
  const isOwn = isClient(actor) && path.startsWith('authenticate')
  if (isOwn) return { ...nothing, id: await openTransaction(url, String(tokens.client)) }
  const { page, id, reference } = await deskOpens(url, String(sessions.agent), { journey: 'VerifyWithCode' })
  const target = { ...nothing, id, reference, authId: stepOf(page).authId }
  return ['use', 'grant', 'consume'].includes(name) ? completed(target) : target
}

async function completed(target: Target): Promise<Target> {
  const ask = asking(url, String(sessions.agent))
  const check = `/realms/root/realms/alpha/help-desk/verifications/${target.reference}`
  const { code } = (await ask(check)).body.verification
  const typed = await answerStep(url, await answerStep(url, await callerOpens(url, target.id), [0]), [code])
  expect((await answerStep(url, typed, [alex.password])).body.tokenId).toEqual(expect.any(String))
  const { body } = await ask(`${check}?_action=grant`, { method: 'POST', body: {} })
  return { ...target, grant: body.grant }
}

/** One request by an actor. */
async function send(actor: Actor, { authId }: Target, method: string, path: string, body?: object) {
  const session = sessions[actor]
  const bearer = tokens[actor]
  const stop = new AbortController()
  const answer = await fetch(`${url}/json/realms/root/realms/alpha/${path}`, {
    method,
    signal: stop.signal,
    headers: {
      'content-type': 'application/json',
      ...defined({ iplanetdirectorypro: session }),
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      ...(actor === 'journey' ? { 'x-sidegate-authid': authId } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!answer.headers.get('content-type')?.includes('event-stream'))
    return { status: answer.status, text: await answer.text() }
  const text = await firstEvent(answer)
  stop.abort()
  return { status: answer.status, text }
}

/** A feed starts with a snapshot and stays open. */
async function firstEvent({ body }: Response): Promise<string> {
  let text = ''
  for await (const chunk of body ?? []) {
    text += Buffer.from(chunk).toString()
    if (text.includes('\n\n')) break
  }
  return text
}

/** How an actor names a check in requests to the backchannel. */
function named(actor: Actor, { id, reference }: Target) {
  if (actor === 'journey') return {}
  return actor === 'caller' || isClient(actor) ? { transaction: id } : { reference }
}

/** By the link for actors who know it; all others try the reference. */
const byLink = (actor: Actor, { id, reference }: Target) => ({
  transaction: actor === 'caller' || isClient(actor) ? id : reference,
})

type Call = (actor: Actor, target: Target) => Promise<Answer>

const backchannel =
  (name: string): Call =>
  (actor, target) =>
    send(actor, target, 'POST', `authenticate/backchannel/${name}`, named(actor, target))

const feed: Call = (actor, target) =>
  send(
    actor,
    target,
    'GET',
    `authenticate/backchannel/events?${new URLSearchParams(named(actor, target) as Record<string, string>)}`,
  )

const check =
  (method: string, query = ''): Call =>
  (actor, target) =>
    send(
      actor,
      target,
      method,
      `help-desk/verifications/${target.reference}${query}`,
      method === 'GET' ? undefined : {},
    )

const plain =
  (method: string, path: string, body?: object): Call =>
  (actor, target) =>
    send(actor, target, method, path, body)

const oauth =
  (endpoint: string): Call =>
  async (actor, { accessToken: token }) => {
    const { status, body } = await (applications[actor] ?? (applications.anonymous as RelyingParty)).post(
      endpoint,
      { token },
    )
    return { status, text: JSON.stringify(body) }
  }

const factors = `users/${alex.id}/devices/2fa/oath`
const profiles = `users/${alex.id}/devices/profile`

const start = 'authIndexType=service&authIndexValue=VerifyWithCode&ForceAuth=true'

const calls: Record<DecisionName, Call> = {
  startCheck: (actor, target) => send(actor, target, 'POST', `authenticate?${start}`, {}),
  feed,
  feedCodes: feed,
  send: backchannel('send'),
  cancel: backchannel('cancel'),
  describe: (actor, target) =>
    send(actor, target, 'POST', 'authenticate/backchannel/describe', byLink(actor, target)),
  seen: (actor, target) =>
    send(actor, target, 'POST', 'authenticate/backchannel/seen', byLink(actor, target)),
  confirm: (actor, target) =>
    send(actor, target, 'POST', 'authenticate/backchannel/confirm', byLink(actor, target)),
  reject: (actor, target) =>
    send(actor, target, 'POST', 'authenticate/backchannel/reject', byLink(actor, target)),
  // A client that did not open the transaction may have got hold of the link.
  info: (actor, target) =>
    send(actor, target, 'POST', 'authenticate/backchannel/info', { transaction: target.id }),
  readCheck: check('GET'),
  readCodes: check('GET'),
  use: check('POST', '?_action=use'),
  grant: check('POST', '?_action=grant'),
  shortCode: check('POST', '?_action=shortCode'),
  consume: (actor, target) =>
    send(actor, target, 'POST', 'verification/grants?_action=consume', {
      grant: target.grant,
      action,
      subject: alex.name,
    }),
  describeToken: async (actor, target) =>
    send(actor, target, 'POST', 'sessions?_action=getSessionInfo', { tokenId: await freshSession() }),
  ownSession: plain('POST', 'users?_action=idFromSession', {}),
  validateGoto: plain('POST', 'users?_action=validateGoto', { goto: '/am/XUI/' }),
  logoutByUser: async (actor, target) => {
    const token = await freshSession()
    await send(actor, target, 'POST', 'sessions?_action=logoutByUser', { username: alex.name })
    return hasEnded(token)
  },
  logoutHandle: async (actor, target) => {
    const token = await freshSession()
    const handles = [await handleOf(token)]
    await send(actor, target, 'POST', 'sessions?_action=logoutByHandle', { sessionHandles: handles })
    return hasEnded(token)
  },
  profile: plain('GET', `users/${alex.name}`),
  ownSessions: plain('GET', `users/${alex.id}/sessions`),
  factors: plain('GET', `${factors}?_queryFilter=true`),
  factor: plain('GET', `${factors}/none`),
  renameFactor: plain('PUT', `${factors}/none`, { deviceName: 'Mine' }),
  removeFactor: plain('DELETE', `${factors}/none`),
  profiles: plain('GET', `${profiles}?_queryFilter=true`),
  oneProfile: plain('GET', `${profiles}/none`),
  renameProfile: plain('PUT', `${profiles}/none`, { alias: 'Mine' }),
  removeProfile: plain('DELETE', `${profiles}/none`),
  authorize: async (actor) => {
    const app = applications.client as RelyingParty
    const { location } = await visit(app.request().url, sessions[actor])
    return { status: location?.searchParams.has('code') ? 200 : 401, text: '' }
  },
  introspect: oauth('introspect'),
  revoke: async (actor, target) => {
    await oauth('token/revoke')(actor, target)
    const { status } = await (applications.client as RelyingParty).userinfo(target.accessToken)
    return { status: status === 401 ? 200 : 403, text: '' }
  },
}

const freshSession = () => signIn(url, alex.name, alex.password)

const validate = async (tokenId: string) =>
  (
    await asking(url, '')('/realms/root/realms/alpha/sessions?_action=validate', {
      method: 'POST',
      body: { tokenId },
    })
  ).body

const handleOf = async (token: string): Promise<string> => (await validate(token)).sessionUid

async function hasEnded(token: string): Promise<Answer> {
  return { status: (await validate(token)).valid ? 403 : 200, text: '' }
}

/** Whether a call had its effect. An unknown device is 404 for actors who may read devices. */
function isDone(name: DecisionName, { status, text }: Answer): boolean {
  if (name === 'feedCodes' || name === 'readCodes') return /"code":"\d{6}"/.test(text)
  if (name === 'introspect') return text.includes('"active":true')
  const missing = decisions[name].path.includes('devices') ? [] : [404]
  return ![400, 401, 403, 409, ...missing].includes(status)
}

test.each(Object.keys(decisions) as DecisionName[])('%s is decided as the table says', async (name) => {
  // A check of the previous row ended the person's sessions.
  sessions.self = await freshSession()
  const allowed: readonly Actor[] = decisions[name].allowed
  // A rejected call leaves the check unchanged, so only allowed actors need a check of their own.
  const refused = await targetFor(name, 'anonymous')
  const done: Actor[] = []
  for (const actor of actorNames) {
    const target = allowed.includes(actor) ? await targetFor(name, actor) : refused
    if (isDone(name, await calls[name](actor, target))) done.push(actor)
    // Ending the person's sessions by name also ended this one.
    if (name.startsWith('logout')) sessions.self = await freshSession()
  }
  expect(done).toEqual(actorNames.filter((actor) => allowed.includes(actor)))
})

test('every public route is in the table or answers everyone alike', () => {
  // Handlers need the dependencies only when they run, and none runs here.
  const open = allRoutes({} as RouteDependencies).filter(({ access }) => access === 'everyone')
  const listed = Object.values(decisions).map(({ method, path }) => `${method} ${path}`)
  const missing = open.filter(
    ({ method, path }) => !listed.includes(`${method} ${path}`) && !Object.hasOwn(openRoutes, path),
  )
  expect(missing.map(({ method, path }) => `${method} ${path}`)).toEqual([])
})
