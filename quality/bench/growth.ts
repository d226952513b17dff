import { statSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from './client.ts'
import { filledCopy } from './filled-storage.ts'
import { inTurn, type Load } from './load.ts'
import { checkWork } from './poll-cost.ts'
import { remove, startSidegate } from './servers.ts'
import { journeyWork, stepClients } from './step-cost.ts'

export type Growth = {
  /** Number of people, and of finished transactions. */
  count: number
  /** Size of the database, and how long it took to fill. */
  megabytes: number
  fillSeconds: number
  steps: Record<'empty' | 'filled', Load[]>
  /** The agent's poll, which also reads the transaction. */
  polls: Record<'empty' | 'filled', Load[]>
}

/** Runs the same steps on an empty and on a large database, with one server each, in turn. */
export async function measureGrowth(folder: string, count: number): Promise<Growth> {
  const startedAt = performance.now()
  const large = await filledCopy(folder, count)
  const fillSeconds = (performance.now() - startedAt) / 1000
  const megabytes = statSync(join(large, 'sidegate.db')).size / 1e6
  const empty = await startSidegate(folder)
  const filled = await startSidegate(large)
  const client = new Client(stepClients)
  const turns = { rounds: 9, milliseconds: 1000, warmUp: 4000 }
  try {
    const steps = await inTurn(
      { empty: journeyWork(client, empty, 'BenchPages'), filled: journeyWork(client, filled, 'BenchPages') },
      turns,
    )
    const polls = await inTurn(
      { empty: checkWork(client, empty, 'BenchCheck'), filled: checkWork(client, filled, 'BenchCheck') },
      { ...turns, warmUp: 1500 },
    )
    return { count, megabytes, fillSeconds, steps, polls }
  } finally {
    client.close()
    await empty.stop()
    await filled.stop()
    remove(large)
  }
}
