import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { z } from 'zod'
import { signIn } from './authenticate.ts'
import { Client } from './client.ts'
import { cpuMeter, type Load, load, type Work } from './load.ts'
import { betterAuthLogin, oidcProviderLogin } from './peer-logins.ts'
import { password, personCount, userName } from './people.ts'
import { type Server, startPeer, startSidegate } from './servers.ts'

export const loginClients = 16

const rounds = 5
const milliseconds = 2500

/** Long enough for hundreds of logins, of which most of the time goes into hashes. */
export const loginWarmUp = 6000

export type LoginRates = Record<
  'hashes' | 'logins' | 'betterAuth' | 'betterAuthScrypt' | 'oidcProvider',
  Load[]
>

/** Measures password logins, password checks alone, and logins of other servers, in turn. */
export async function measureLogins(folder: string): Promise<LoginRates> {
  const people = loginClients
  const alone = await startHashing()
  const sidegate = await startSidegate(folder)
  const betterAuth = await startPeer('better-auth', { people })
  const scrypt = await startPeer('better-auth', { people, hash: 'own' })
  const oidcProvider = await startPeer('oidc-provider', { people })
  const client = new Client(loginClients)
  const works = {
    logins: loginWork(client, sidegate),
    betterAuth: peerWork(betterAuth, (name) => betterAuthLogin(client, betterAuth.url, name)),
    betterAuthScrypt: peerWork(scrypt, (name) => betterAuthLogin(client, scrypt.url, name)),
    oidcProvider: peerWork(oidcProvider, (name) => oidcProviderLogin(client, oidcProvider.url, name)),
  }
  const done: LoginRates = { hashes: [], logins: [], betterAuth: [], betterAuthScrypt: [], oidcProvider: [] }
  try {
    for (const work of Object.values(works)) await load(work, loginWarmUp)
    for (let round = 0; round < rounds; round++) {
      done.hashes.push(await alone.hashFor(milliseconds))
      // Object.keys loses the key type.
      for (const name of Object.keys(works) as (keyof typeof works)[])
        done[name].push(await load(works[name], milliseconds))
    }
    return done
  } finally {
    client.close()
    alone.stop()
    for (const server of [sidegate, betterAuth, scrypt, oidcProvider]) await server.stop()
  }
}

function peerWork({ pid }: Server, login: (name: string) => Promise<void>): Work {
  return {
    pid,
    clients: loginClients,
    async once(number) {
      await login(userName(number))
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
  const child = fork(join(import.meta.dirname, 'peers', 'argon2-alone.ts'))
  await once(child, 'message')
  const { pid } = child
  if (pid === undefined) throw new Error('the hashing process could not be started')
  return {
    async hashFor(time: number): Promise<Load> {
      const used = cpuMeter({ pid })
      child.send(time)
      const [message] = await once(child, 'message')
      const { operations, seconds } = countSchema.parse(message)
      return { operations, perSecond: operations / seconds, ...used(operations) }
    },
    stop: () => child.disconnect(),
  }
}
