import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { SlowTurn } from './hosts/slow-calls.ts'
import { HostCallError } from './script-engine.ts'

/** Each step doubles the time; 12 takes about a third of a second. */
const maxCost = 12

/** Version, cost, and 53 characters for salt and hash. Cost 0 to 3 don't exist. */
const bcryptHash = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/

/**
 * Answers `crypto.checkBcrypt`, in a thread of its own.
 * @throws HostCallError for text that is no bcrypt hash, and for a hash that would take too long. Neither has the text.
 */
export async function checkBcrypt(hash: string, password: string, turn: SlowTurn): Promise<boolean> {
  const cost = Number(bcryptHash.exec(hash)?.[1] ?? Number.NaN)
  if (!(cost >= 4)) {
    throw new HostCallError('The hash must be a bcrypt hash of version 2a, 2b or 2y', 400)
  }
  // rule S50: otherwise a hash decides how long its check takes
  if (cost > maxCost) {
    throw new HostCallError(`The hash has a cost of ${cost}, and at most ${maxCost} is checked`, 400)
  }
  return turn.slow(async () => {
    const thread = new Worker(new URL('./worker/bcrypt.js', import.meta.url), {
      workerData: { hash, password },
      resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4 },
      env: {},
    })
    const [isMatch] = await once(thread, 'message')
    return isMatch === true
  })
}
