import { expect, test } from 'vitest'
import { startServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

test('somebody signs in several times at once by headers, though each sign-in changes them', async () => {
  const server = await startServer()
  try {
    const signIns = Array.from({ length: 4 }, () => signIn(server.url, 'alex', 'Alex-Pass-2026'))
    expect(new Set(await Promise.all(signIns)).size).toBe(4)
  } finally {
    await server.stop()
  }
})
