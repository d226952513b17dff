import { expect, test } from 'vitest'
import { startServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

test('a person can sign in several times at once by headers, although each sign-in updates their record', async () => {
  const server = await startServer()
  try {
    const signIns = Array.from({ length: 4 }, () => signIn(server.url, 'alex', 'Alex-Pass-2026'))
    expect(new Set(await Promise.all(signIns)).size).toBe(4)
  } finally {
    await server.stop()
  }
})
