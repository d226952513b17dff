import { answer, filledIn, start, stepOf } from './authenticate.ts'
import { Client } from './client.ts'
import { inTurn, type Load, type Work } from './load.ts'
import type { Server } from './servers.ts'

export const stepClients = 16

/** Requests of one journey: a start and four answers, about as many as a login with a second factor. */
const requestsEach = 5

export type StepCosts = Record<'floor' | 'plain' | 'scripted', Load[]>

/** Measures a step with and without a script, and the lower bound. */
export async function measureSteps(echo: Server, sidegate: Server): Promise<StepCosts> {
  const client = new Client(stepClients)
  const body = filledIn(await start(client, sidegate.url, 'BenchPages'), [0])
  const works: Record<keyof StepCosts, Work> = {
    floor: {
      pid: echo.pid,
      clients: stepClients,
      async once() {
        const { status } = await client.post(`${echo.url}/echo`, body)
        if (status !== 200) throw new Error(`${status} from the floor`)
        return 1
      },
    },
    plain: journeyWork(client, sidegate, 'BenchPages'),
    scripted: journeyWork(client, sidegate, 'BenchScripts'),
  }
  const costs = await inTurn(works, { rounds: 9, milliseconds: 1500, warmUp: 4000 })
  client.close()
  return costs
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
