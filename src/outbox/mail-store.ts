import type { MailRoute, QueuedMail } from './mail.ts'

/** The emails to lease, and their maximum number. Times are epoch milliseconds. */
export type MailClaim = { routes: readonly MailRoute[]; now: number; until: number; limit: number }

/** An attempt: the email, and how many there were. */
type Claimed = Pick<QueuedMail, 'id' | 'attempts'>

/**
 * Emails that wait to be sent. They are saved with the step that wrote them (`StepCommit.mails`). Every write is durable
 * when its promise resolves.
 */
export interface MailStore {
  /** Adds an email that no step wrote. */
  add(mail: QueuedMail): Promise<void>
  /**
   * Leases due entries until `until`, oldest first, and counts the attempt. If this server dies, another one takes them over
   * after the lease.
   */
  claim(claim: MailClaim): Promise<QueuedMail[]>
  /** Removes an email that was sent. */
  remove(id: string): Promise<void>
  /** Schedules a retry at `dueAt`, unless the next attempt has begun. @param mail as claimed. @param problem why it failed. */
  postpone(mail: Claimed, dueAt: number, problem: string): Promise<void>
  /** Gives an email up, unless the next attempt has begun. It stays listed without its content. */
  fail(mail: Claimed, failedAt: number, problem: string): Promise<void>
  /** Emails that wait or were given up, newest first. */
  list(limit: number): Promise<QueuedMail[]>
  /** Makes a postponed email due. @returns false if it isn't postponed, such as during an attempt. */
  tryNow(id: string, now: number): Promise<boolean>
  /** Removes an email, unless an attempt is under way. @returns it, if it was removed. */
  discard(id: string): Promise<QueuedMail | undefined>
  /** When the next email is due; undefined if none is waiting. */
  nextDue(routes: readonly MailRoute[]): Promise<number | undefined>
  /** The number of waiting emails. */
  count(routes: readonly MailRoute[]): Promise<number>
  /** Deletes waiting emails that were created before `before`. */
  deleteCreatedBefore(before: number): Promise<number>
}
