import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import { AuditBook } from '../audit/audit-book.ts'
import type { Thing } from '../audit/audit-entry.ts'
import type { AuditStore } from '../audit/audit-store.ts'
import { auditSigner, type ChainSigner } from '../audit/signed-ends.ts'
import { systemNow } from '../base/clock.ts'
import { defined } from '../base/defined.ts'
import { OperationError, RequestError } from '../base/errors.ts'
import type { Config } from '../config.ts'
import { importBundle, previewImport } from '../journeys/exchange/apply.ts'
import { closureOf } from '../journeys/exchange/closure.ts'
import { importedNames } from '../journeys/exchange/imported-names.ts'
import { readRealm } from '../journeys/exchange/realm-content.ts'
import { wholeRealm } from '../journeys/exchange/whole-realm.ts'
import type { Finding } from '../journeys/lint/finding.ts'
import { createLinter } from '../journeys/lint/linter.ts'
import { clientSecretSealer } from '../oauth/client-secret.ts'
import { SigningKeyStore } from '../oauth/signing-keys.ts'
import { realmSettingsSchema } from '../realms/realm.ts'
import { removeKeyFile } from '../secrets/master-key.ts'
import { openKeys } from '../secrets/open-keys.ts'
import type { Sealer } from '../secrets/seal.ts'
import { KeyRotation } from '../server/key-rotation.ts'
import { settingsSealer, withSealedSettings } from '../server/sealed-settings.ts'
import { withSharedConfiguration } from '../server/shared-configuration.ts'
import { openStores, type Stores } from '../store/stores.ts'
import { withScriptChecks } from './script-checks.ts'
import type { Target } from './target.ts'

/** The data of a stopped server: its folder, and its database and master key if they are elsewhere. */
export type Folder = Pick<Config, 'dataFolder' | 'databaseUrl' | 'masterKey'>

/**
 * Opens the audit book of a stopped server.
 * @throws OperationError if the server is running.
 */
export async function openAuditStore(
  folder: Folder,
): Promise<{ store: AuditStore; signer: ChainSigner; close(): Promise<void> }> {
  const stores = await openStoresOf(folder)
  try {
    const signer = auditSigner(await openKeyRingOf(folder, stores))
    return { store: stores.audit, signer, close: () => stores.close() }
  } catch (error) {
    await stores.close()
    throw error
  }
}

async function openStoresOf(folder: Folder): Promise<Stores> {
  const { dataFolder, databaseUrl } = folder
  if (databaseUrl === undefined && !existsSync(join(dataFolder, 'sidegate.db'))) {
    throw new OperationError(`${dataFolder} is not the data folder of a server`)
  }
  const stores = await openStores(folder)
  // With SQLite, `openStores` has already failed if a server is running.
  if (!(await stores.cluster.hasOthers())) return stores
  await stores.close()
  throw new OperationError(
    'Servers are using the database: stop them first, or call one of them without --data',
  )
}

/** Opens the stores such that they seal imported secrets with the server's keys. */
async function openSettingsOf(folder: Folder): Promise<{ stores: Stores; clientSecrets: Sealer }> {
  const stores = await openStoresOf(folder)
  try {
    const keyRing = await openKeyRingOf(folder, stores)
    return {
      stores: withSharedConfiguration(withSealedSettings(stores, settingsSealer(keyRing))),
      clientSecrets: clientSecretSealer(keyRing),
    }
  } catch (error) {
    await stores.close()
    throw error
  }
}

function openKeyRingOf({ dataFolder, masterKey }: Folder, { secrets }: Stores) {
  return openKeys({ dataFolder, masterKey, secrets, now: systemNow })
}

/**
 * Creates new keys in the data of a stopped server. It uses them from its next start.
 * @param newMasterKey encrypts all keys from now on, instead of the current master key
 * @throws OperationError if nothing was changed.
 */
export async function rotateFolder(folder: Folder, newMasterKey: Uint8Array | undefined): Promise<void> {
  const stores = await openStoresOf(folder)
  const log = pino({ level: 'silent' })
  try {
    const keyRing = await openKeyRingOf(folder, stores)
    const signingKeys = new SigningKeyStore({ secrets: stores.secrets, keyRing, now: systemNow })
    const rotation = new KeyRotation({ ...stores, keyRing, signingKeys, now: systemNow, log })
    await audited(stores, '/', { kind: 'keys', operation: 'ACTION', action: 'rotate' }, async () => {
      await rotation.rotate(systemNow())
      if (newMasterKey !== undefined) await keyRing.rewrap(newMasterKey)
    })
    if (newMasterKey !== undefined) removeKeyFile(folder.dataFolder)
  } finally {
    await stores.close()
  }
}

/**
 * Opens the data folder of a stopped server.
 * @throws OperationError if the server is running or the realm does not exist.
 */
export async function openFolder(folder: Folder, realm: string): Promise<Target> {
  const { stores, clientSecrets } = await openSettingsOf(folder)
  if ((await stores.realms.read(realm)) === undefined) {
    await stores.close()
    throw new OperationError(`There is no realm ${realm} in ${folder.dataFolder}`)
  }
  const whole = { ...stores, tenant: { ...stores, clientSecrets } }
  return {
    preview: async (bundle, options) => (await previewImport(whole, realm, bundle, options)).plan,
    import: (bundle, options) =>
      asOperation(
        audited(
          stores,
          realm,
          imported,
          () => importBundle(whole, realm, bundle, options, { by: 'null', now: systemNow() }),
          ({ items }) => ({ ...imported, ...defined({ name: importedNames(items) }) }),
        ),
      ),
    async export(journeys) {
      const content = await readRealm(stores, realm)
      const unknown = journeys.find((name) => !content.journeys.some(({ _id }) => _id === name))
      if (unknown !== undefined) throw new OperationError(`There is no journey ${unknown} in realm ${realm}`)
      return closureOf(journeys, content, 'inner journeys')
    },
    exportAll: async () => wholeRealm(await readRealm(whole, realm)),
    lint: (journeys) => lintFolder(stores, realm, journeys),
    close: () => stores.close(),
  }
}

const imported: Thing = { kind: 'import', operation: 'ACTION', action: 'import' }

/** Audits the work. Access to the folder is enough to do it, so the audit event names the command line as actor. */
function audited<Value>(
  stores: Stores,
  realm: string,
  what: Thing,
  work: () => Promise<Value>,
  whatAfter: (value: Value) => Thing = () => what,
): Promise<Value> {
  const book = new AuditBook({ store: stores.audit, now: systemNow, log: pino({ level: 'silent' }) })
  return book.during(
    {
      realm,
      eventName: 'AM-CONFIG-CHANGE',
      who: { id: 'command line', realm: '/' },
      what,
    },
    work,
    (value) => ({ what: whatAfter(value) }),
  )
}

/** Creates a data folder with one empty realm, to try out an import. */
export async function makeFolder(dataFolder: string, realm: string): Promise<void> {
  const stores = await openStores({ dataFolder, databaseUrl: undefined })
  await stores.realms.save({
    path: realm,
    isActive: true,
    aliases: [],
    settings: realmSettingsSchema.parse({}),
  })
  await stores.close()
}

async function lintFolder(stores: Stores, realm: string, journeys: readonly string[]): Promise<Finding[]> {
  return withScriptChecks(async (checks) => {
    const lint = createLinter({ ...stores, ...checks })
    const findings = await lint(realm, journeys.length === 0 ? undefined : journeys)
    if (findings === undefined)
      throw new OperationError(`There is no journey ${journeys.join(' or ')} in realm ${realm}`)
    return findings
  })
}

/** Turns a RequestError into an OperationError, which the command line prints as one sentence. */
async function asOperation<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work
  } catch (error) {
    if (error instanceof RequestError) throw new OperationError(error.message, { cause: error })
    throw error
  }
}
