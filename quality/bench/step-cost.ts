import { answer, filledIn, start, stepOf } from './authenticate.ts'
import { Client } from './client.ts'
import { inTurn, type Load, type Work } from './load.ts'
import { withPostgres } from './postgres.ts'
import { prepareFolder } from './prepared-folder.ts'
import { remove, type Server, startPeer, startSidegate } from './servers.ts'

export const stepClients = 16

/** Requests of one journey: a start and four answers, about as many as a login with a second factor. */
const requestsEach = 5

const turns = { rounds: 9, milliseconds: 1200, warmUp: 3500 }

export type StepCosts = Record<'floor' | 'plain' | 'scripted' | 'onPostgres', Load[]>

/** Measures a step with and without a script, one on PostgreSQL, and the lower bound. */
export function measureSteps(folder: string): Promise<StepCosts> {
  return withPostgres(async ({ pid: database, createDatabase }) => {
    const databaseUrl = await createDatabase('steps')
    const prepared = await prepareFolder(databaseUrl)
    const floor = await startPeer('bare Fastify')
    const sqlite = await startSidegate(folder)
    const postgres = await startSidegate(prepared, { databaseUrl })
    const client = new Client(stepClients)
    try {
      const works: Record<keyof StepCosts, Work> = {
        floor: await floorWork(client, floor, sqlite),
        plain: journeyWork(client, sqlite, 'BenchPages'),
        scripted: journeyWork(client, sqlite, 'BenchScripts'),
        onPostgres: { ...journeyWork(client, postgres, 'BenchPages'), database },
      }
      return await inTurn(works, turns)
    } finally {
      client.close()
      for (const server of [postgres, sqlite, floor]) await server.stop()
      remove(prepared)
    }
  })
}

/** Echoes the body of a step. */
export async function floorWork(client: Client, { pid, url }: Server, sidegate: Server): Promise<Work> {
  const body = filledIn(await start(client, sidegate.url, 'BenchPages'), [0])
  return {
    pid,
    clients: stepClients,
    async once() {
      const { status } = await client.post(`${url}/echo`, body)
      if (status !== 200) throw new Error(`${status} from the floor`)
      return 1
    },
  }
}

/** Starts a journey and answers its pages. */
export function journeyWork(client: Client, { pid, url }: Server, journey: string): Work {
  return {
    pid,
    clients: stepClients,
    async once() {
      let step = await start(client, url, journey)
      for (let request = 1; request < requestsEach; request++) {
        step = stepOf(await answer(client, url, step, 0))
      }
      return requestsEach
    },
  }
}
