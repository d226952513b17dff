import { signIn } from './authenticate.ts'
import { Client } from './client.ts'
import { residentMegabytes } from './process-usage.ts'
import { remove, type Server, startByNpm, startPeer, startSidegate, temporaryFolder } from './servers.ts'

/** In each round, milliseconds from its start until a server listens, and its memory then. */
export type Start = { milliseconds: number[]; megabytes: number[] }

export type StartTimes = {
  /** Milliseconds from `npm start` on an empty data folder to the first login. */
  byNpm: number[]
  byNpmWithoutCompileCache: number[]
  sidegate: Start
  fastify: Start
  betterAuth: Start
  oidcProvider: Start
}

const sampleLogin = { name: 'alex', password: 'Alex-Pass-2026' }
const rounds = 5

/** Starts all servers in turn. The first round, which fills the compile caches, isn't counted. */
export async function measureStart(): Promise<StartTimes> {
  await round()
  const done: Round[] = []
  for (let count = 0; count < rounds; count++) done.push(await round())
  const startOf = (name: 'sidegate' | 'fastify' | 'betterAuth' | 'oidcProvider'): Start => ({
    milliseconds: done.map((times) => times[name].milliseconds),
    megabytes: done.map((times) => times[name].megabytes),
  })
  return {
    byNpm: done.map(({ byNpm }) => byNpm),
    byNpmWithoutCompileCache: [await timeToLogin({ NODE_DISABLE_COMPILE_CACHE: '1' })],
    sidegate: startOf('sidegate'),
    fastify: startOf('fastify'),
    betterAuth: startOf('betterAuth'),
    oidcProvider: startOf('oidcProvider'),
  }
}

type Round = Awaited<ReturnType<typeof round>>

async function round() {
  return {
    byNpm: await timeToLogin({}),
    sidegate: await inEmptyFolder((folder) => timeToListen(() => startSidegate(folder))),
    fastify: await timeToListen(() => startPeer('bare Fastify')),
    betterAuth: await timeToListen(() => startPeer('better-auth')),
    oidcProvider: await timeToListen(() => startPeer('oidc-provider')),
  }
}

async function timeToListen(start: () => Promise<Server>) {
  const startedAt = performance.now()
  const server = await start()
  const milliseconds = performance.now() - startedAt
  try {
    return { milliseconds, megabytes: residentMegabytes(server.pid) }
  } finally {
    await server.stop()
  }
}

function timeToLogin(environment: NodeJS.ProcessEnv): Promise<number> {
  return inEmptyFolder(async (folder) => {
    const client = new Client(1)
    const startedAt = performance.now()
    const server = await startByNpm(folder, environment)
    try {
      await signIn(client, server.url, sampleLogin.name, sampleLogin.password)
      return performance.now() - startedAt
    } finally {
      client.close()
      await server.stop()
    }
  })
}

async function inEmptyFolder<Value>(use: (folder: string) => Promise<Value>): Promise<Value> {
  const folder = temporaryFolder()
  try {
    return await use(folder)
  } finally {
    remove(folder)
  }
}
