import { setTimeout as pause } from 'node:timers/promises'
import { signIn, start } from './authenticate.ts'
import { Client } from './client.ts'
import { collectGarbage, inspectorOptions, inspectorUrl } from './inspector.ts'
import { betterAuthLogin, oidcProviderLogin } from './peer-logins.ts'
import { password, userName } from './people.ts'
import { anonymousMegabytes, residentMegabytes, threadCount } from './process-usage.ts'
import { type Server, startPeer, startSidegate } from './servers.ts'

/** Megabytes, one value for each round. */
export type Memory = {
  /** Sidegate when it listens, on a prepared data folder. */
  atReady: number[]
  /** Resident memory after a thousand logins, before the first script. */
  afterLogins: Record<'sidegate' | 'betterAuth' | 'oidcProvider', number[]>
  /** Number of script workers that have run scripts, and the memory that each added. */
  workers: number
  eachWorker: number[]
}

const rounds = 3
const loginCount = 1000
const requestsAtOnce = 25
const scriptCount = 400

/** Starts each server again in each round. */
export async function measureMemory(folder: string): Promise<Memory> {
  const done = []
  for (let count = 0; count < rounds; count++) done.push(await round(folder))
  return {
    atReady: done.map(({ sidegate }) => sidegate.atReady),
    afterLogins: {
      sidegate: done.map(({ sidegate }) => sidegate.afterLogins),
      betterAuth: done.map(({ betterAuth }) => betterAuth),
      oidcProvider: done.map(({ oidcProvider }) => oidcProvider),
    },
    workers: Math.max(...done.map(({ script }) => script.workers)),
    eachWorker: done.map(({ script }) => script.eachWorker),
  }
}

async function round(folder: string) {
  const people = requestsAtOnce
  return {
    sidegate: await onServer(startSidegate(folder), async ({ pid, url }, client) => {
      const atReady = residentMegabytes(pid)
      await times(loginCount, (number) => signIn(client, url, userName(number), password))
      return { atReady, afterLogins: residentMegabytes(pid) }
    }),
    betterAuth: await onServer(startPeer('better-auth', { people }), async ({ pid, url }, client) => {
      await times(loginCount, (number) => betterAuthLogin(client, url, userName(number % people)))
      return residentMegabytes(pid)
    }),
    oidcProvider: await onServer(startPeer('oidc-provider', { people }), async ({ pid, url }, client) => {
      await times(loginCount, (number) => oidcProviderLogin(client, url, userName(number % people)))
      return residentMegabytes(pid)
    }),
    script: await measureWorkers(folder),
  }
}

/**
 * Memory that the first scripts add. Only private memory counts, without files that all threads share, and the garbage of the
 * main thread is collected before and after; that of the workers counts.
 */
async function measureWorkers(folder: string): Promise<{ workers: number; eachWorker: number }> {
  const server = startSidegate(folder, { node: inspectorOptions })
  return onServer(server, async ({ pid, url }, client) => {
    const settled = async () => {
      await pause(500)
      await collectGarbage(inspectorUrl(folder))
      return { megabytes: anonymousMegabytes(pid), threads: threadCount(pid) }
    }
    await times(scriptCount, () => start(client, url, 'BenchPages'))
    const before = await settled()
    await times(scriptCount, () => start(client, url, 'BenchScripts'))
    const after = await settled()
    const workers = after.threads - before.threads
    return { workers, eachWorker: (after.megabytes - before.megabytes) / workers }
  })
}

async function onServer<Value>(
  starting: Promise<Server>,
  use: (server: Server, client: Client) => Promise<Value>,
): Promise<Value> {
  const server = await starting
  const client = new Client(requestsAtOnce)
  try {
    return await use(server, client)
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
  await Promise.all(Array.from({ length: requestsAtOnce }, one))
}
