import { availableParallelism } from 'node:os'
import { Passwords } from '../../../src/people/passwords/passwords.ts'

/** Verifies one password on every core for the time that the parent process sends. */
const passwords = new Passwords()
const hash = await passwords.hash('Bench-Pass-2026')

process.on('message', async (milliseconds: number) => {
  let operations = 0
  const startedAt = performance.now()
  const one = async () => {
    while (performance.now() - startedAt < milliseconds) {
      await passwords.verify(hash, 'Bench-Pass-2026')
      operations++
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, one))
  process.send?.({ operations, seconds: (performance.now() - startedAt) / 1000 })
})

process.send?.('ready')
