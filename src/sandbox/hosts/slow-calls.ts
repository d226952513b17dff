import { HostCallError } from '../script-engine.ts'

/** Slow calculations of one run of a script, such as new RSA keys. */
export type SlowCalls = { count: number }

/** Maximum per run. Each can take a second of a thread. */
const maxPerRun = 4

/** Calculations at a time. They share Node's four threads with password hashes, files and name resolution. */
const maxAtOnce = 2

/** Calculations that wait, of all scripts. */
const maxWaiting = 50

/** Does a slow calculation of a run when it is its turn. */
export type SlowTurn = <T>(work: () => Promise<T>) => Promise<T>
export type SlowGate = (run: SlowCalls) => SlowTurn

/** Lets slow calculations of scripts run a few at a time, and refuses those of a run that has had its share. */
export function createSlowGate(): SlowGate {
  let running = 0
  const waiting: (() => void)[] = []
  return (run) => async (work) => {
    if (++run.count > maxPerRun) {
      throw new HostCallError(`A script may do ${maxPerRun} slow calculations, such as new RSA keys`, 429)
    }
    if (running < maxAtOnce) running++
    else await turn(waiting)
    try {
      return await work()
    } finally {
      // The turn goes to the next one, so that no other call can take it in between.
      const next = waiting.shift()
      if (next === undefined) running--
      else next()
    }
  }
}

function turn(waiting: (() => void)[]): Promise<void> {
  if (waiting.length >= maxWaiting) {
    throw new HostCallError('The server is busy with calculations of other scripts', 503)
  }
  return new Promise((resolve) => void waiting.push(resolve))
}
