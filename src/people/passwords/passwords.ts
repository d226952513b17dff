import { availableParallelism } from 'node:os'
import { hash as argon2Hash, verify as argon2Verify, type Options } from '@node-rs/argon2'
import { BusyError } from '../../errors.ts'

/** Argon2id with the memory, passes and lanes of the OWASP password storage cheat sheet. */
const cost = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } satisfies Options

/** Of a random password that nobody knows: checking against it takes the time of a real check. */
const dummyHash =
  '$argon2id$v=19$m=19456,t=2,p=1$TYaSghz/G7DF84s1X0wiwA$nSdXlzGFIpNDT533QR/rPQoigQnyGAcQwVZFs0l2yUc'

type PasswordsOptions = {
  /** How many are hashed at once. Each takes a core and 19 MB for its time. */
  atOnce?: number
  /** How many may wait; the next one is refused. At 200 hashes a second, 1,000 wait five seconds. */
  maxWaiting?: number
}

/** Hashes and checks passwords, a few at a time: a storm of logins must not starve everything else. */
export class Passwords {
  readonly #maxWaiting: number
  readonly #waiting: (() => void)[] = []
  #free: number

  constructor({ atOnce = availableParallelism(), maxWaiting = 1000 }: PasswordsOptions = {}) {
    this.#free = atOnce
    this.#maxWaiting = maxWaiting
  }

  /** How many wait for their turn. */
  waiting(): number {
    return this.#waiting.length
  }

  /** @returns a PHC string with a salt of its own. @throws BusyError when too many wait. */
  hash(password: string): Promise<string> {
    return this.#inTurn(() => argon2Hash(password, cost))
  }

  /** Without a hash the answer is false, after the same time. @throws BusyError when too many wait. */
  async verify(hash: string | undefined, password: string): Promise<boolean> {
    const isRight = await this.#inTurn(() => argon2Verify(hash ?? dummyHash, password))
    return isRight && hash !== undefined
  }

  async #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#free > 0) this.#free--
    else await this.#turn()
    try {
      return await work()
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#free++
      else next()
    }
  }

  #turn(): Promise<void> {
    if (this.#waiting.length >= this.#maxWaiting) {
      throw new BusyError('passwords', 'Passwords are busy: too many wait to be checked')
    }
    return new Promise((resolve) => this.#waiting.push(resolve))
  }
}
