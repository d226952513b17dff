import { Client } from './client.ts'
import { inTurn, median, medianRatio, type Work } from './load.ts'
import { loginWork } from './login-rate.ts'
import { checkWork } from './poll-cost.ts'
import { prepareFolder } from './prepared-folder.ts'
import { remove, startEcho, startSidegate } from './servers.ts'
import { journeyWork, stepClients } from './step-cost.ts'

/**
 * `node quality/bench/compare.ts CHECKOUT [BenchPages|BenchScripts|BenchCheck|Login] [ROUNDS]` compares this
 * checkout with another one, such as a `git worktree` of the previous commit. Each has its own server and data
 * folder, and they take turns. On a busy machine, the ratio of CPU per step is the only reliable figure.
 */
const [checkout, journey = 'BenchPages', rounds = '9'] = process.argv.slice(2)
if (checkout === undefined) throw new Error('usage: npm run bench:compare -- CHECKOUT [JOURNEY] [ROUNDS]')

const folders = [await prepareFolder(), await prepareFolder()] as const
const echo = await startEcho()
const here = await startSidegate(folders[0])
const there = await startSidegate(folders[1], [], checkout)
const client = new Client(stepClients)
try {
  const workOf = (server: typeof here): Work => {
    if (journey === 'Login') return loginWork(client, server)
    const work = journey.startsWith('BenchCheck') ? checkWork : journeyWork
    return work(client, server, journey)
  }
  const floor: Work = {
    pid: echo.pid,
    clients: stepClients,
    async once() {
      await client.post(`${echo.url}/echo`, JSON.stringify({ text: 'x'.repeat(1500) }))
      return 1
    },
  }
  const works = { floor, there: workOf(there), here: workOf(here) }
  const loads = await inTurn(works, { rounds: Number(rounds), milliseconds: 1000, warmUp: 3000 })
  const cpu = (name: keyof typeof works) => loads[name].map(({ cpuEach }) => cpuEach)
  const each = (name: keyof typeof works) => `${Math.round(median(cpu(name)))} µs CPU`
  console.log(`${journey}: floor ${each('floor')}, there ${each('there')}, here ${each('here')}`)
  console.log(`here / there ${medianRatio(cpu('here'), cpu('there')).toFixed(3)}`)
  console.log(`here / floor ${medianRatio(cpu('here'), cpu('floor')).toFixed(2)}`)
} finally {
  client.close()
  for (const server of [here, there, echo]) await server.stop()
  for (const folder of folders) remove(folder)
}
