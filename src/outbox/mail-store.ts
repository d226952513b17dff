import type { MailRoute, QueuedMail } from './mail.ts'

/** The emails to lease, and their maximum number. Times are epoch milliseconds. */
export type MailClaim = { routes: readonly MailRoute[]; now: number; until: number; limit: number }

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
  /** Removes an email that was sent or given up. */
  remove(id: string): Promise<void>
  /** Schedules a retry at `dueAt`. */
  postpone(id: string, dueAt: number): Promise<void>
  /** When the next email is due; undefined if none is waiting. */
  nextDue(routes: readonly MailRoute[]): Promise<number | undefined>
  /** The number of waiting emails. */
  count(routes: readonly MailRoute[]): Promise<number>
  /** Deletes waiting emails that were created before `before`. */
  deleteCreatedBefore(before: number): Promise<number>
}
