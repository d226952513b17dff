import { timingSafeEqual } from 'node:crypto'
import { digest } from '../secrets/digest.ts'
import { type KeySource, macsOf } from '../secrets/macs.ts'
import type { Session } from '../sessions/session.ts'

/** As long as a journey may take, with a suspension in it. */
const lastsMs = 24 * 3_600_000

/** Tells whether somebody who is back from the sign-in page did sign in there. */
export type SignInMarks = {
  /** For the address that they come back to. @param session under which they were sent, if there was one. */
  make(clientId: string, session: Session | undefined): string
  /** Whether this is another session than the one under which somebody was sent, made since. */
  isFresh(mark: string | undefined, clientId: string, session: Session): boolean
}

/**
 * Who is sent to sign in although they are signed in comes back by the same address, and must not be sent again. A mark
 * in it names the moment and the session; without a signature of ours it would be for the client to say.
 * @param now epoch milliseconds.
 */
export function signInMarks(keys: KeySource, now: () => number): SignInMarks {
  const signed = (clientId: string, at: string, held: string) =>
    macsOf(keys(), JSON.stringify([clientId, at, held]))
  return {
    make(clientId, session) {
      const at = String(now())
      const held = digestOf(session)
      return [at, held, signed(clientId, at, held)[0]].join('.')
    },
    isFresh(mark, clientId, session) {
      const [at = '', held = '', signature = ''] = mark?.split('.') ?? []
      if (!signed(clientId, at, held).some((right) => isSame(signature, right))) return false
      const sentAt = Number(at)
      return now() - sentAt <= lastsMs && session.createdAt >= sentAt && held !== digestOf(session)
    },
  }
}

function digestOf(session: Session | undefined): string {
  return session === undefined ? '' : digest(session.handle)
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
