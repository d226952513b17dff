import { feedFigures, pollFigures } from './backchannel-figures.ts'
import {
  type Figure,
  loginFigures,
  memoryFigures,
  scriptFigures,
  startFigures,
  stepFigures,
} from './figures.ts'
import { measureGrowth } from './growth.ts'
import { growthFigures } from './growth-figures.ts'
import { measureFeeds } from './live-feed.ts'
import { measureLogins } from './login-rate.ts'
import { measurePolls } from './poll-cost.ts'
import { measureScripts } from './script-cost.ts'
import { type Server, startEcho, startSidegate } from './servers.ts'
import { measureMemory, measureStart } from './start-and-memory.ts'
import { measureSteps } from './step-cost.ts'

/** A measurement that yields one or more figures. */
type Part = {
  ids: readonly string[]
  what: string
  /** @param folder a prepared data folder that no server uses. */
  measure(folder: string): Promise<Figure[]>
}

/** In the order of measuring. Start times come first, while the machine is quiet. */
export const parts: readonly Part[] = [
  { ids: ['P6'], what: 'start', measure: async () => startFigures(await measureStart()) },
  { ids: ['P6'], what: 'memory', measure: async (folder) => memoryFigures(await measureMemory(folder)) },
  {
    ids: ['P1', 'P2'],
    what: 'steps',
    measure: (folder) =>
      onServer(folder, async (sidegate) => {
        const echo = await startEcho()
        try {
          return stepFigures(await measureSteps(echo, sidegate))
        } finally {
          await echo.stop()
        }
      }),
  },
  { ids: ['P2'], what: 'scripts', measure: async () => scriptFigures(await measureScripts()) },
  { ids: ['P3'], what: 'live feeds', measure: async (folder) => feedFigures(await measureFeeds(folder)) },
  {
    ids: ['P4'],
    what: 'polls',
    measure: (folder) => onServer(folder, async (sidegate) => pollFigures(await measurePolls(sidegate))),
  },
  {
    ids: ['P5'],
    what: 'logins',
    measure: (folder) => onServer(folder, async (sidegate) => loginFigures(await measureLogins(sidegate))),
  },
  { ids: ['P7'], what: 'growth', measure: async (folder) => growthFigures(await measureGrowth(folder)) },
]

async function onServer<Value>(folder: string, use: (server: Server) => Promise<Value>): Promise<Value> {
  const server = await startSidegate(folder)
  try {
    return await use(server)
  } finally {
    await server.stop()
  }
}
