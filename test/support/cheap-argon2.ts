import { createRequire } from 'node:module'
import type * as argon2 from '@node-rs/argon2'

// Takes the place of `@node-rs/argon2` in tests of whole servers: Argon2id, at a fraction of its cost. Hashing the sample
// people took half of each start. The real cost is tested in src/people/passwords.

const real: typeof argon2 = createRequire(import.meta.url)('@node-rs/argon2')

const cost = { algorithm: 2, memoryCost: 64, timeCost: 1, parallelism: 1 } satisfies argon2.Options

export const hash = (password: string): Promise<string> => real.hash(password, cost)

export const verify = real.verify
