import { createServer } from 'node:http'
import { betterAuth } from 'better-auth'
import { memoryAdapter } from 'better-auth/adapters/memory'
import { toNodeHandler } from 'better-auth/node'
import { Passwords } from '../../../src/people/passwords/passwords.ts'
import { listeningAt } from '../../../src/server/listening-at.ts'
import { password } from '../people.ts'
import { names, usesArgon2id } from './asked-for.ts'
import { listens } from './listens.ts'

/** `better-auth` in memory, to compare password logins with. */
const passwords = new Passwords()
const argon2id = {
  hash: (text: string) => passwords.hash(text),
  verify: (given: { hash: string; password: string }) => passwords.verify(given.hash, given.password),
}

const server = createServer()
server.listen(0, '127.0.0.1', async () => {
  const url = listeningAt(server.address())
  const auth = betterAuth({
    baseURL: url,
    secret: 'a-secret-of-the-bench-and-nothing-else',
    database: memoryAdapter({ user: [], session: [], account: [], verification: [] }),
    emailAndPassword: { enabled: true, autoSignIn: false, ...(usesArgon2id ? { password: argon2id } : {}) },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: 'error' },
  })
  for (const name of names) {
    await auth.api.signUpEmail({ body: { name, email: `${name}@example.com`, password } })
  }
  server.on('request', toNodeHandler(auth))
  listens(url)
})
