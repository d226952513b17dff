import { signIn, start } from './authenticate.ts'
import { Client } from './client.ts'
import { median } from './load.ts'
import { password, userName } from './prepared-folder.ts'
import { lastDescendant, residentMegabytes, threadCount } from './process-usage.ts'
import { remove, startByNpm, temporaryFolder } from './servers.ts'

/** Milliseconds from `npm start` on an empty data folder to the first successful login. */
export type StartTimes = { withoutCompileCache: number; warm: number }

const sampleLogin = { name: 'alex', password: 'Alex-Pass-2026' }
const warmStarts = 5

export async function measureStart(): Promise<StartTimes> {
  const withoutCompileCache = await timeToLogin({ NODE_DISABLE_COMPILE_CACHE: '1' })
  await timeToLogin({})
  const warm = []
  for (let count = 0; count < warmStarts; count++) warm.push(await timeToLogin({}))
  return { withoutCompileCache, warm: median(warm) }
}

async function timeToLogin(environment: NodeJS.ProcessEnv): Promise<number> {
  const folder = temporaryFolder()
  const client = new Client(1)
  const startedAt = performance.now()
  const server = await startByNpm(folder, environment)
  try {
    await signIn(client, server.url, sampleLogin.name, sampleLogin.password)
    return performance.now() - startedAt
  } finally {
    client.close()
    await server.stop()
    remove(folder)
  }
}

export type Memory = {
  atReady: number
  afterLogins: number
  /** Script workers that have run a script, and the memory that each added. */
  workers: number
  eachWorker: number
}

const loginCount = 1000
const loginsAtOnce = 25
const scriptCount = 400

/** Resident memory in megabytes of a server started by `npm start`. */
export async function measureMemory(folder: string): Promise<Memory> {
  const server = await startByNpm(folder)
  const client = new Client(loginsAtOnce)
  try {
    const pid = lastDescendant(server.pid)
    const atReady = residentMegabytes(pid)
    await times(loginCount, (number) => signIn(client, server.url, userName(number), password))
    const afterLogins = residentMegabytes(pid)
    const threads = threadCount(pid)
    await times(scriptCount, () => start(client, server.url, 'BenchScripts'))
    const workers = threadCount(pid) - threads
    const eachWorker = (residentMegabytes(pid) - afterLogins) / workers
    return { atReady, afterLogins, workers, eachWorker }
  } finally {
    client.close()
    await server.stop()
  }
}

/** Calls `once` `count` times, several at once. */
async function times(count: number, once: (number: number) => Promise<unknown>): Promise<void> {
  let next = 0
  const one = async () => {
    while (next < count) await once(next++)
  }
  await Promise.all(Array.from({ length: loginsAtOnce }, one))
}
