import { availableParallelism } from 'node:os'
import { hash as argon2Hash, verify as argon2Verify, type Options } from '@node-rs/argon2'
import { BusyError } from '../../base/errors.ts'

/** Parameters of Argon2id. `memoryCost` is in KiB. */
export type HashCost = { memoryCost: number; timeCost: number }

/** Source: OWASP Password Storage Cheat Sheet. */
export const passwordCost: HashCost = { memoryCost: 19_456, timeCost: 2 }

/** Hash of an unknown random password. Checking against it takes as long as a real check. */
function dummyHash({ memoryCost, timeCost }: HashCost): string {
  return `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=1$TYaSghz/G7DF84s1X0wiwA$nSdXlzGFIpNDT533QR/rPQoigQnyGAcQwVZFs0l2yUc`
}

type PasswordsOptions = {
  /** Maximum concurrent hashes. Each uses one core and 19 MB. */
  atOnce?: number
  /** Maximum queue length; more are refused. At 200 hashes a second, the last of 1,000 waits five seconds. */
  maxWaiting?: number
  cost?: HashCost
}

/** Hashes and checks passwords with limited concurrency, so that many sign-ins don't starve other work. */
export class Passwords {
  readonly #maxWaiting: number
  readonly #waiting: (() => void)[] = []
  readonly #cost: Options
  readonly #dummyHash: string
  #free: number

  constructor({
    atOnce = availableParallelism(),
    maxWaiting = 1000,
    cost = passwordCost,
  }: PasswordsOptions = {}) {
    this.#cost = { algorithm: 2, parallelism: 1, ...cost }
    this.#dummyHash = dummyHash(cost)
    this.#free = atOnce
    this.#maxWaiting = maxWaiting
  }

  /** Queue length. */
  waiting(): number {
    return this.#waiting.length
  }

  /** @returns a PHC string with a random salt. @throws BusyError if the queue is full. */
  hash(password: string): Promise<string> {
    return this.#inTurn(() => argon2Hash(password, this.#cost))
  }

  /** Without a hash returns false after the same time. @throws BusyError if the queue is full. */
  async verify(hash: string | undefined, password: string): Promise<boolean> {
    const isRight = await this.#inTurn(() => argon2Verify(hash ?? this.#dummyHash, password))
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
      throw new BusyError('passwords', 'Too many passwords are waiting to be checked, try again later')
    }
    return new Promise((resolve) => this.#waiting.push(resolve))
  }
}
