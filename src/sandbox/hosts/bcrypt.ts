import { HostCallError } from '../script-engine.ts'
import type { SlowTurn } from './slow-calls.ts'

/** Each step doubles the time; 12 takes about a quarter of a second. */
const maxCost = 12

/** Version, cost, and 53 characters for salt and hash. Cost 0 to 3 don't exist. */
const bcryptHash = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/

/**
 * Answers `crypto.checkBcrypt`, in a thread of the pool.
 * @throws HostCallError for text that is no bcrypt hash, and for a hash that would take too long. Neither has the text.
 */
export async function checkBcrypt(hash: string, password: string, turn: SlowTurn): Promise<boolean> {
  const cost = Number(bcryptHash.exec(hash)?.[1] ?? Number.NaN)
  if (!(cost >= 4)) {
    throw new HostCallError('The hash must be a bcrypt hash of version 2a, 2b or 2y', 400)
  }
  if (cost > maxCost) {
    throw new HostCallError(`The hash has a cost of ${cost}, and at most ${maxCost} is checked`, 400)
  }
  const { verify } = await import('@node-rs/bcrypt')
  return turn.slow(() => verify(password, hash))
}
