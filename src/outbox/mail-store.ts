import type { MailRoute, QueuedMail } from './mail.ts'

/** Which mails are meant, and how many at most. Times are epoch milliseconds. */
export type MailClaim = { routes: readonly MailRoute[]; now: number; until: number; limit: number }

/**
 * The outbox. Mails come in with the step that wrote them (`StepCommit.mails`) and leave when they are sent.
 * Every write is durable when its promise resolves.
 */
export interface MailStore {
  /** Puts a mail in by itself, where no step wrote it. */
  add(mail: QueuedMail): Promise<void>
  /**
   * Takes those that are due, the oldest first, and counts the attempt. Until `until` nobody else gets them: should
   * this server stop half-way, another tries then.
   */
  claim(claim: MailClaim): Promise<QueuedMail[]>
  /** It was sent, or never will be. */
  remove(id: string): Promise<void>
  /** It is tried again at `dueAt`. */
  postpone(id: string, dueAt: number): Promise<void>
  /** When the next one is due; undefined when none waits. */
  nextDue(routes: readonly MailRoute[]): Promise<number | undefined>
  /** How many wait. */
  count(routes: readonly MailRoute[]): Promise<number>
  /** Forgets those made before `before` that nobody could send. */
  forget(before: number): Promise<number>
}
