import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { JsonObject } from '../../src/base/json.ts'
import { customNodeTypeRoutes } from '../../src/http/journeys/custom-node-types.ts'
import { journeyFindingRoutes } from '../../src/http/journeys/journey-findings.ts'
import { journeyImportRoutes } from '../../src/http/journeys/journey-import.ts'
import { journeyRoutes } from '../../src/http/journeys/journeys.ts'
import { nodeRoutes } from '../../src/http/journeys/nodes.ts'
import { treeRoutes } from '../../src/http/journeys/trees.ts'
import { serverInfoRoutes } from '../../src/http/operations/server-info.ts'
import { managedObjectRoutes } from '../../src/http/people/managed-objects.ts'
import { realmSettingsRoutes } from '../../src/http/realms/realm-settings.ts'
import { realmRoutes } from '../../src/http/realms/realms.ts'
import { serviceRoutes } from '../../src/http/realms/services.ts'
import { contextRoutes } from '../../src/http/scripts/contexts.ts'
import { libraryRoutes } from '../../src/http/scripts/libraries.ts'
import { scriptRoutes } from '../../src/http/scripts/scripts.ts'
import { buildServer } from '../../src/http/server.ts'
import { createLinter } from '../../src/journeys/lint/linter.ts'
import { type Identity, noFailures } from '../../src/people/identity.ts'
import { realmSettingsSchema } from '../../src/realms/realm.ts'
import { findIncompatibilities } from '../../src/sandbox/compatibility.ts'
import { findNames } from '../../src/scripts/names/find-names.ts'
import { createSealer } from '../../src/secrets/seal.ts'
import { withSharedConfiguration } from '../../src/server/shared-configuration.ts'
import { newSession } from '../../src/sessions/sessions.ts'
import { openStores } from '../../src/store/stores.ts'

const session = newSession(
  {
    realm: '/',
    identity: { id: 'admin-1', userName: 'amadmin' },
    journey: 'Login',
    authLevel: 0,
    properties: {},
    maxIdleMinutes: 30,
    maxSessionMinutes: 120,
  },
  1_700_000_000_000,
).session

export type Got = { status: number; headers: Record<string, unknown>; body: JsonObject }

/**
 * The administration REST API on a new SQLite database, with an administrator's session; it opens no port.
 */
export async function openAdministration() {
  const dataFolder = mkdtempSync(join(tmpdir(), 'sidegate-rest-'))
  const opened = await openStores({ dataFolder, databaseUrl: undefined })
  const stores = withSharedConfiguration(opened)
  const settings = realmSettingsSchema.parse({})
  for (const path of ['/', '/alpha'])
    await stores.realms.save({ path, isActive: true, aliases: [], settings })
  const readIdentity = async (realm: string, id: string): Promise<Identity> => ({
    id,
    realm,
    rev: 1,
    kind: 'user',
    userName: 'amadmin',
    isActive: true,
    attributes: {},
    mustChangePassword: false,
    createdAt: 0,
    roles: ['admin'],
    failures: noFailures,
  })
  const tenantChanged = async () => {}
  const sources = { ...stores, newId: randomUUID, now: () => 1_700_000_000_000, readIdentity, tenantChanged }
  const checkScript = async (_name: string, source: string) =>
    source.includes('let ') ? [{ line: 1, column: 5, message: 'missing ;' }] : []
  const lint = createLinter({ ...stores, checkScript, findIncompatibilities, findNames })
  const server = buildServer({
    log: pino({ level: 'silent' }),
    routes: [
      ...treeRoutes({ ...sources, lint }),
      ...journeyFindingRoutes({ lint }),
      ...nodeRoutes(sources),
      ...journeyImportRoutes({
        ...sources,
        lint,
        tenant: { ...stores, clientSecrets: createSealer(new Uint8Array(32)) },
      }),
      ...journeyRoutes({ ...sources, lint }),
      ...scriptRoutes({
        ...sources,
        checkScript,
        findIncompatibilities,
        findNames,
        // Tested over a whole server in console-scripts.test.ts.
        tryScript: () => ({ status: 501 }),
      }),
      ...libraryRoutes(sources),
      ...contextRoutes(),
      ...customNodeTypeRoutes(sources),
      ...realmRoutes({
        ...sources,
        signingKeys: { rotateIfUsed: async () => {} },
        tenantChanged: async () => {},
      }),
      ...realmSettingsRoutes(sources),
      ...serviceRoutes(sources),
      ...managedObjectRoutes(sources),
      ...serverInfoRoutes({
        readiness: { isDraining: false },
        probe: stores.health.check,
      }),
    ],
    findRealm: (path) => stores.realms.read(path),
    now: sources.now,
    findSession: async (token) => (token === 'admin' ? session : undefined),
    verifyBearer: async () => undefined,
    verifyAdminBearer: async () => undefined,
    readIdentity,
  })
  return {
    /** The content of the database, without the built-in scripts. */
    stores: opened,
    /**
     * Sends requests like the `frodo` command: session cookie, `Accept-API-Version`, JSON content type even
     * without a body.
     */
    async send(
      method: 'GET' | 'POST' | 'PUT' | 'DELETE',
      path: string,
      body?: unknown,
      headers: Record<string, string> = {},
    ): Promise<Got> {
      const answer = await server.inject({
        method,
        url: path.startsWith('/openidm') ? path : `/am/json${path}`,
        headers: {
          cookie: 'iPlanetDirectoryPro=admin',
          'accept-api-version': 'protocol=2.1,resource=1.0',
          'content-type': 'application/json',
          ...headers,
        },
        ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
      })
      return { status: answer.statusCode, headers: answer.headers, body: answer.json() }
    },
    /** Sends a body that need not be JSON. */
    async sendRaw(
      path: string,
      payload: string | Buffer,
      headers: Record<string, string> = {},
    ): Promise<Got> {
      const answer = await server.inject({
        method: 'POST',
        url: `/am/json${path}`,
        headers: { cookie: 'iPlanetDirectoryPro=admin', 'content-type': 'application/json', ...headers },
        payload,
      })
      return { status: answer.statusCode, headers: answer.headers, body: answer.json() }
    },
    async close() {
      await server.close()
      await stores.close()
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}
