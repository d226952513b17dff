import { openKeyRing, type StoredKeyRing } from './key-ring.ts'
import { openMasterKey, removeKeyFile } from './master-key.ts'
import type { SecretStore } from './secret-store.ts'

type Place = {
  dataFolder: string
  /** Used instead of the key file. */
  masterKey: Uint8Array | undefined
  secrets: SecretStore
  /** Epoch milliseconds. */
  now(): number
}

/**
 * Opens the keys of an installation. Deletes a key file that was created just now if it doesn't match the database, because
 * the file would conflict with the right master key later.
 * @throws OperationError if the keys cannot be opened.
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
