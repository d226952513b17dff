import type { Client } from './client.ts'
import type { Work } from './load.ts'
import { loginWork } from './login-rate.ts'
import { checkWork } from './poll-cost.ts'
import type { Server } from './servers.ts'
import { journeyWork } from './step-cost.ts'

/** Journeys that can be profiled and compared. */
const works = {
  BenchPages: journeyWork,
  BenchScripts: journeyWork,
  BenchCheck: checkWork,
  BenchCheckScript: checkWork,
  Login: loginWork,
} satisfies Record<string, (client: Client, server: Server, journey: string) => Work>

/** @throws Error for an unknown journey. */
export function workNamed(journey: string, client: Client, server: Server): Work {
  const work = Object.entries(works).find(([name]) => name === journey)?.[1]
  if (work === undefined) throw new Error(`expected one of ${Object.keys(works).join(', ')}`)
  return work(client, server, journey)
}
