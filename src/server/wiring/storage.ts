import type { Logger } from 'pino'
import type { Config } from '../../config.ts'
import { EsvChanges } from '../../esvs/esv-changes.ts'
import { Esvs } from '../../esvs/esvs.ts'
import type { ScriptEngine } from '../../sandbox/script-engine.ts'
import type { StoredKeyRing } from '../../secrets/key-ring.ts'
import { openKeys } from '../../secrets/open-keys.ts'
import type { Sealer } from '../../secrets/seal.ts'
import { type OpenDatabase, openStores, type Stores } from '../../store/stores.ts'
import type { Tracing } from '../../telemetry/traces/tracing.ts'
import type { Outside } from '../outside.ts'
import { settingsSealer, withSealedSettings } from '../sealed-settings.ts'
import { withSharedConfiguration } from '../shared-configuration.ts'

/** The foundation of all parts of the server. */
export type Foundation = {
  config: Config
  stores: Stores
  keyRing: StoredKeyRing
  /** Seals secret settings. */
  settings: Sealer
  scripts: ScriptEngine
  tracing: Tracing
  log: Logger
  outside: Outside
  /** Variables and secrets in force. */
  esvs: Esvs
  esvChanges: EsvChanges
}

/**
 * Opens the database and the keys. @param open replaces the database of the settings.
 * @throws OperationError when the data folder, the database or the keys can't be used.
 */
export async function openStorage(
  config: Config,
  tracing: Tracing,
  outside: Outside,
  open?: OpenDatabase,
): Promise<Pick<Foundation, 'stores' | 'keyRing' | 'settings' | 'esvs' | 'esvChanges'>> {
  const opened = await openStores(config, { tracing, now: outside.now, open })
  try {
    const keyRing = await openKeys({ ...config, secrets: opened.secrets, now: opened.cluster.now })
    const settings = settingsSealer(keyRing)
    const esvs = await esvsOf(opened, keyRing, outside)
    return {
      keyRing,
      settings,
      ...esvs,
      stores: withSharedConfiguration(withSealedSettings(opened, settings)),
    }
  } catch (error) {
    await opened.close()
    throw error
  }
}

async function esvsOf({ esvs: store, cluster }: Stores, keyRing: StoredKeyRing, outside: Outside) {
  const { now, isShared } = cluster
  const { environment, environmentWins } = outside
  const sealer = keyRing.sealer('esvs')
  const esvs = new Esvs({ store, sealer, environment, environmentWins, now, isShared })
  await esvs.refresh()
  const changed = () => cluster.publish('configuration', '')
  return { esvs, esvChanges: new EsvChanges({ store, sealer, esvs, now, changed }) }
}
