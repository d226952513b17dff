import type { Mailbox } from '../world/mailbox.ts'
import type { MockedHttp } from '../world/mocked-http.ts'
import type { VirtualTime } from '../world/virtual-time.ts'
import type { World } from '../world/world.ts'
import type { SessionFacts } from './session-facts.ts'

/**
 * The server that a walk is played on: one inside this process, or a running one. Members that a server doesn't show throw
 * Unobservable.
 */
export type WalkWorld = Pick<
  World,
  | 'people'
  | 'signIn'
  | 'watch'
  | 'recorded'
  | 'update'
  | 'request'
  | 'reject'
  | 'answerApproval'
  | 'answerOnPhone'
  | 'transactionOf'
  | 'feedOf'
  | 'changedPeople'
  | 'settle'
> & {
  /** Describes the session of a success; undefined if it has ended. @param cookie the Cookie header of the browser. */
  sessionOf(token: string, cookie: string | undefined): Promise<SessionFacts | undefined>
  readonly time: Pick<VirtualTime, 'now'> & {
    /** @param why of a page that asks to wait: `poll`. */
    pass(milliseconds: number, why?: 'poll'): void | Promise<void>
  }
  /** Whether its journeys can be connected otherwise than those of the project. */
  readonly isElsewhere?: true
  readonly mailbox: Pick<Mailbox, 'all'>
  readonly http: Pick<MockedHttp, 'calls' | 'unmocked' | 'unexpected'>
}

/** What a walk needs can't be seen or done on this server. The message is the reason. */
export class Unobservable extends Error {
  override readonly name = 'Unobservable'
}

/** @returns a function that returns the value, or throws why it can't be seen. */
export async function lookingAt<Value>(read: () => Promise<Value>): Promise<() => Value> {
  try {
    const value = await read()
    return () => value
  } catch (error) {
    if (!(error instanceof Unobservable)) throw error
    return () => {
      throw error
    }
  }
}
