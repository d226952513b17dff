import { HostCallError } from '../script-engine.ts'

/** Slow calculations of one run of a script, such as new RSA keys. */
export type SlowCalls = { realm: string; count: number }

/** Maximum per run. Each can take a second of a thread. */
const maxPerRun = 4

/** Calculations at a time. They share Node's four threads with password hashes, files and name resolution. */
const maxAtOnce = 2

/** Calculations that wait, of all scripts of a realm: a busy realm has many brief ones, and they are soon done. */
const maxWaiting = { brief: 1000, slow: 50 }

type Kind = keyof typeof maxWaiting

/** What waits in a realm. */
type Queues = Record<Kind, (() => void)[]>

/** Does calculations of a run when it is its turn. */
export type SlowTurn = {
  /** A calculation that can take a second. A run may do few of them. */
  slow<T>(work: () => Promise<T>): Promise<T>
  /** A calculation of milliseconds with a key of the script, as many as the run makes calls. */
  brief<T>(work: () => Promise<T>): Promise<T>
}
export type SlowGate = (run: SlowCalls) => SlowTurn

/**
 * Lets calculations of scripts run a few at a time, and refuses slow ones of a run that has had its share. Realms take turns,
 * so that the scripts of one don't delay those of others by more than a calculation. In a realm, brief ones come first.
 */
export function createSlowGate(): SlowGate {
  let running = 0
  const waiting = new Map<string, Queues>()
  const inTurn = async <T>(realm: string, kind: Kind, work: () => Promise<T>) => {
    // rule S50: otherwise scripts take all threads of the server
    if (running < maxAtOnce) running++
    else await turn(waiting, realm, kind)
    try {
      return await work()
    } finally {
      // The turn goes to the next one, so that no other call can take it in between.
      const next = nextOf(waiting)
      if (next === undefined) running--
      else next()
    }
  }
  return (run) => ({
    brief: (work) => inTurn(run.realm, 'brief', work),
    async slow(work) {
      // rule S50: otherwise a script makes as many RSA keys as it makes calls
      if (++run.count > maxPerRun) {
        throw new HostCallError(`A script may do ${maxPerRun} slow calculations, such as new RSA keys`, 429)
      }
      return inTurn(run.realm, 'slow', work)
    },
  })
}

function turn(waiting: Map<string, Queues>, realm: string, kind: Kind): Promise<void> {
  const own = waiting.get(realm) ?? { brief: [], slow: [] }
  // rule S50: otherwise calculations of scripts wait without end
  if (own[kind].length >= maxWaiting[kind]) {
    throw new HostCallError('The server is busy with calculations of other scripts of this realm', 503)
  }
  waiting.set(realm, own)
  return new Promise((resolve) => void own[kind].push(resolve))
}

/** Takes the next call of the realm that has waited longest since its last turn. */
function nextOf(waiting: Map<string, Queues>): (() => void) | undefined {
  for (const [realm, own] of waiting) {
    // rule S50: otherwise slow calculations of a realm keep its sign-ins waiting
    const next = own.brief.shift() ?? own.slow.shift()
    waiting.delete(realm)
    if (own.brief.length + own.slow.length > 0) waiting.set(realm, own)
    return next
  }
  return undefined
}
