import { timingSafeEqual } from 'node:crypto'
import { digest } from '../secrets/digest.ts'
import { type KeySource, macsOf } from '../secrets/macs.ts'
import type { Session } from '../sessions/session.ts'

/** Enough time for a journey, including a suspended one. */
const lifetimeMs = 24 * 3_600_000

/** Shows whether a person who returns from the sign-in page has signed in there. */
export type SignInMarks = {
  /** Creates the mark for the return URL. @param session the session when the person was sent to sign in, if any. */
  make(clientId: string, session: Session | undefined): string
  /** Whether the session is a new one, created after the person was sent to sign in. */
  isFresh(mark: string | undefined, clientId: string, session: Session): boolean
}

/**
 * A signed-in person who must sign in again returns with the same request, and must not be sent to sign in a second time. The
 * request therefore carries a mark with the time and the old session. It is signed, so that clients can't forge it.
 * @param now epoch milliseconds.
 */
export function signInMarks(keys: KeySource, now: () => number): SignInMarks {
  const signed = (clientId: string, at: string, sessionDigest: string) =>
    macsOf(keys(), JSON.stringify([clientId, at, sessionDigest]))
  return {
    make(clientId, session) {
      const at = String(now())
      const sessionDigest = digestOf(session)
      return [at, sessionDigest, signed(clientId, at, sessionDigest)[0]].join('.')
    },
    isFresh(mark, clientId, session) {
      const [at = '', sessionDigest = '', signature = ''] = mark?.split('.') ?? []
      if (!signed(clientId, at, sessionDigest).some((right) => isSame(signature, right))) return false
      const sentAt = Number(at)
      return (
        now() - sentAt <= lifetimeMs && session.createdAt >= sentAt && sessionDigest !== digestOf(session)
      )
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
