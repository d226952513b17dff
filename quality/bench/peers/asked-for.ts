import { userName } from '../people.ts'

/** What `startPeer` asked for. */
const [count = '0', hash = 'argon2id'] = process.argv.slice(2)

/** Names of the people to sign up. */
export const names = Array.from({ length: Number(count) }, (_, number) => userName(number))

/** Whether passwords are hashed like Sidegate's, by argon2id with the same parameters. */
export const usesArgon2id = hash === 'argon2id'
