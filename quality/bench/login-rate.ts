import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { z } from 'zod'
import { signIn } from './authenticate.ts'
import { Client } from './client.ts'
import { type Load, load, type Work } from './load.ts'
import { password, personCount, userName } from './prepared-folder.ts'
import { cpuMicroseconds } from './process-usage.ts'
import { type Server, startPeer } from './servers.ts'

export const loginClients = 16

const rounds = 5
const milliseconds = 3000

export type LoginRates = Record<'hashes' | 'logins' | 'peer', Load[]>

/** Measures password logins, password checks alone, and logins of better-auth, in turn. */
export async function measureLogins(sidegate: Server): Promise<LoginRates> {
  const alone = await startHashing()
  const betterAuth = await startPeer('better-auth-server.ts')
  const client = new Client(loginClients)
  const logins = loginWork(client, sidegate)
  const peer = peerWork(client, betterAuth)
  const done: LoginRates = { hashes: [], logins: [], peer: [] }
  await load(logins, 1500)
  await load(peer, 1500)
  for (let round = 0; round < rounds; round++) {
    done.hashes.push(await alone.hashFor(milliseconds))
    done.logins.push(await load(logins, milliseconds))
    done.peer.push(await load(peer, milliseconds))
  }
  client.close()
  alone.stop()
  await betterAuth.stop()
  return done
}

function peerWork(client: Client, { pid, url }: Server): Work {
  return {
    pid,
    clients: loginClients,
    async once(number) {
      const body = JSON.stringify({ email: `${userName(number)}@example.com`, password })
      const { status } = await client.post(`${url}/api/auth/sign-in/email`, body)
      if (status !== 200) throw new Error(`${status} from better-auth`)
      return 1
    },
  }
}

/** Every client uses different people: concurrent logins of one person would wait for each other. */
export function loginWork(client: Client, { pid, url }: Server): Work {
  const each = Math.floor(personCount / loginClients)
  const turns = Array.from({ length: loginClients }, () => 0)
  return {
    pid,
    clients: loginClients,
    async once(number) {
      const turn = turns[number] ?? 0
      turns[number] = turn + 1
      await signIn(client, url, userName(number * each + (turn % each)), password)
      return 1
    },
  }
}

const countSchema = z.object({ operations: z.number(), seconds: z.number() })

async function startHashing() {
  const child = fork(join(import.meta.dirname, 'argon2-alone.ts'))
  await once(child, 'message')
  const { pid } = child
  if (pid === undefined) throw new Error('the hashing process could not be started')
  return {
    async hashFor(time: number): Promise<Load> {
      const before = cpuMicroseconds(pid)
      child.send(time)
      const [message] = await once(child, 'message')
      const { operations, seconds } = countSchema.parse(message)
      const cpuEach = (cpuMicroseconds(pid) - before) / operations
      return { operations, perSecond: operations / seconds, cpuEach }
    },
    stop: () => child.disconnect(),
  }
}
