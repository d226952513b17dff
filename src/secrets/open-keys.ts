import { openKeyRing, type StoredKeyRing } from './key-ring.ts'
import { openMasterKey, removeKeyFile } from './master-key.ts'
import type { SecretStore } from './secret-store.ts'

type Place = {
  dataFolder: string
  /** In the place of the key file. */
  masterKey: Uint8Array | undefined
  secrets: SecretStore
  /** Epoch milliseconds. */
  now(): number
}

/**
 * Opens the keys of an installation. A key file that was made for it and opens nothing is taken away again: it would
 * stand against the right master key.
 * @throws OperationError when they cannot be opened.
 */
export async function openKeys({ dataFolder, masterKey, secrets, now }: Place): Promise<StoredKeyRing> {
  const { key, isNew } = openMasterKey(dataFolder, masterKey)
  try {
    return await openKeyRing({ secrets, masterKey: key, now })
  } catch (error) {
    if (isNew) removeKeyFile(dataFolder)
    throw error
  }
}
