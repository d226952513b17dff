import { mkdtempSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { JsonObject } from '../../src/base/json.ts'
import { clearSessionCookie } from '../../src/http/authentication/session-cookie.ts'
import { oauthRoutes } from '../../src/http/oauth/oauth.ts'
import { oauthClientRoutes } from '../../src/http/oauth/oauth-clients.ts'
import { plainPageFrame } from '../../src/http/plain-page.ts'
import { buildServer } from '../../src/http/server.ts'
import { Limits } from '../../src/limits/limits.ts'
import { createBearerCheck } from '../../src/oauth/bearer.ts'
import { clientSecretSealer } from '../../src/oauth/client-secret.ts'
import { createOauthProviders } from '../../src/oauth/providers.ts'
import { SigningKeyStore } from '../../src/oauth/signing-keys.ts'
import { PairwiseSubjects } from '../../src/oauth/subjects.ts'
import { noFailures } from '../../src/people/identity.ts'
import { type Realm, realmSettingsSchema } from '../../src/realms/realm.ts'
import { createHttpClient } from '../../src/sandbox/hosts/http-client.ts'
import { createKeyRing } from '../../src/secrets/key-ring.ts'
import { openMasterKey } from '../../src/secrets/master-key.ts'
import { newSession } from '../../src/sessions/sessions.ts'
import { openStores } from '../../src/store/stores.ts'

/** The web application that can send requests from a browser. */
export const webOrigin = 'https://app.example.com'

export const scope = 'back_channel_authentication'

export const credentials = { client_id: 'desk', client_secret: 'wonder-land' }

const core = {
  userpassword: credentials.client_secret,
  scopes: [scope, 'reports'],
  defaultScopes: ['reports'],
}

/** The client `desk`, with changed settings if a test needs them. */
export const clientDocument = (changed: JsonObject = {}): JsonObject => ({
  coreOAuth2ClientConfig: { ...core, ...changed },
  advancedOAuth2ClientConfig: { grantTypes: ['client_credentials'] },
})

const settings = realmSettingsSchema.parse({ corsOrigins: [webOrigin] })
const realms: Record<string, Realm> = Object.fromEntries(
  ['/', '/alpha', '/beta', '/gone'].map((path) => [
    path,
    { path, isActive: path !== '/gone', aliases: [], settings },
  ]),
)

const administrator = { userName: 'amadmin', isActive: true, attributes: {}, roles: ['admin'] }

const { session } = newSession(
  {
    realm: '/',
    identity: { id: 'id-1', userName: 'amadmin' },
    journey: 'Login',
    authLevel: 0,
    properties: {},
    maxIdleMinutes: 30,
    maxSessionMinutes: 120,
  },
  0,
)

const newFolder = () => mkdtempSync(join(tmpdir(), 'sidegate-oauth-'))

export type OauthServer = Awaited<ReturnType<typeof startOauthServer>>

/** A realm of this server. */
export function realmNamed(path: string): Realm | undefined {
  return Object.hasOwn(realms, path) ? realms[path] : undefined
}

/** A server with OAuth2 only, listening on loopback, with a real database. */
export async function startOauthServer({ folder = newFolder(), baseUrl = '' } = {}) {
  const stores = await openStores({ dataFolder: folder, databaseUrl: undefined })
  const keyRing = createKeyRing(openMasterKey(folder).key)
  const { oauth: store, oauthClients: clients, secrets } = stores
  const clock = { ahead: 0 }
  const now = () => Date.now() + clock.ahead
  const errors: unknown[] = []
  const onError = (error: unknown) => errors.push(error)
  const providers = createOauthProviders({
    store,
    clients,
    registry: clients,
    verifyBearer: createBearerCheck({ store, clients, now }),
    serviceAccounts: stores.serviceAccounts,
    keyRing,
    signingKeys: new SigningKeyStore({ secrets, keyRing, now }),
    // There are no sessions: these tests are about clients and the server.
    sessions: { underWay: async () => undefined, end: async () => false, addWebhook: async () => undefined },
    readIdentity: async () => undefined,
    isStaff: async () => false,
    framePage: plainPageFrame(join(import.meta.dirname, '..', '..', 'web', 'dist')),
    clearSessionCookie,
    runScript: async () => undefined,
    send: createHttpClient({ allowedHosts: ['127.0.0.1'] }),
    limits: new Limits(stores.limits, now),
    audit: () => ({ record: () => undefined }),
    outOfBand: { prepare: async () => ({ refusal: 'nobody' }), answer: async () => ({ kind: 'gone' }) },
    findIdentity: async () => undefined,
    subjects: new PairwiseSubjects({ secrets, keyRing }),
    checkUserCode: async () => false,
    onRefusal: onError,
    now,
    onError,
  })
  const verifyBearer = createBearerCheck({ store, clients, now })
  const shared = {
    baseUrl: baseUrl || undefined,
    findRealm: async (path: string) => realmNamed(path),
  }
  const findSession = async (token: string) => (token === 'admin' ? session : undefined)
  const server = buildServer({
    ...shared,
    now: () => Date.now(),
    log: pino({ level: 'silent' }),
    routes: oauthClientRoutes({
      clients,
      oauthRecords: store,
      secrets: clientSecretSealer(keyRing),
      esvs: { inRealm: () => () => undefined },
    }),
    plugins: [oauthRoutes({ ...shared, providers, findSession })],
    findSession,
    verifyBearer: async (realm, token) => verifyBearer(realm.path, token),
    verifyAdminBearer: async () => undefined,
    readIdentity: async (realm, id) => ({
      ...administrator,
      id,
      realm,
      rev: 1,
      kind: 'user',
      mustChangePassword: false,
      createdAt: 0,
      failures: noFailures,
    }),
  })
  await server.listen({ host: '127.0.0.1', port: 0 })
  // The address of a TCP server is never a string.
  const origin = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`

  return {
    folder,
    origin,
    stores,
    providers,
    verifyBearer,
    /** Errors of `oidc-provider`. */
    errors,
    /** Milliseconds by which the clock of storage and bearer checks is ahead. */
    clock,

    async configure(method: string, path: string, body?: JsonObject, headers: Record<string, string> = {}) {
      const clientsUrl = `${origin}/am/json/realms/root/realms/alpha/realm-config/agents/OAuth2Client`
      const answer = await fetch(clientsUrl + path, {
        method,
        headers: { 'content-type': 'application/json', iplanetdirectorypro: 'admin', ...headers },
        ...(body && { body: JSON.stringify(body) }),
      })
      return { status: answer.status, body: JSON.parse(await answer.text()) }
    },

    get: async (path: string) => JSON.parse(await (await fetch(`${origin}/am/oauth2/${path}`)).text()),

    async post(path: string, form: Record<string, string>, headers: Record<string, string> = {}) {
      const body = new URLSearchParams(form)
      const answer = await fetch(`${origin}/am/oauth2/${path}`, {
        method: 'POST',
        body,
        headers,
        redirect: 'manual',
      })
      const text = await answer.text()
      return { status: answer.status, headers: answer.headers, body: text === '' ? '' : JSON.parse(text) }
    },

    askToken(form: Record<string, string> = {}, path = 'alpha/access_token') {
      return this.post(path, { grant_type: 'client_credentials', ...credentials, scope, ...form })
    },

    async newToken(): Promise<string> {
      await this.configure('PUT', '/desk', clientDocument())
      return (await this.askToken()).body.access_token
    },

    async stop() {
      await server.close()
      await stores.close()
    },
  }
}
