import { OperationError } from '../errors.ts'
import type { KeyRing } from './key-ring.ts'
import { createSealer, SealError } from './seal.ts'
import type { SecretStore } from './secret-store.ts'

const name = 'key check'

/**
 * Makes sure that this server has the key with which what is stored was sealed: with another one it could open nothing,
 * and would find out only later.
 * @throws OperationError when it is another one.
 */
export async function checkKey(secrets: SecretStore, keyRing: KeyRing): Promise<void> {
  const sealer = createSealer(keyRing.derive(name))
  const kept = await secrets.saveIfAbsent(name, sealer.seal(name))
  try {
    sealer.open(kept)
  } catch (error) {
    if (!(error instanceof SealError)) throw error
    throw new OperationError(
      'The database was written with another key: all servers on it need the same file `keys`, or the same SIDEGATE_MASTER_KEY',
    )
  }
}
