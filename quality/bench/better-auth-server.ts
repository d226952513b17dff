import { createServer } from 'node:http'
import { betterAuth } from 'better-auth'
import { memoryAdapter } from 'better-auth/adapters/memory'
import { toNodeHandler } from 'better-auth/node'
import { listeningAt } from '../../src/server/listening-at.ts'
import { password, userName } from './prepared-folder.ts'

/**
 * A server to compare password logins with: `better-auth` in memory, with its own password hash. It signs up these people
 * first.
 */
const people = 16

const server = createServer()
server.listen(0, '127.0.0.1', async () => {
  const url = listeningAt(server.address())
  const auth = betterAuth({
    baseURL: url,
    secret: 'a-secret-of-the-bench-and-nothing-else',
    database: memoryAdapter({ user: [], session: [], account: [], verification: [] }),
    emailAndPassword: { enabled: true, autoSignIn: false },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: 'error' },
  })
  for (let number = 0; number < people; number++) {
    const name = userName(number)
    await auth.api.signUpEmail({ body: { name, email: `${name}@example.com`, password } })
  }
  server.on('request', toNodeHandler(auth))
  console.log(`listens at ${url}`)
})
