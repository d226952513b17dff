import type { WaitingEntry } from '../../audit/audit-store.ts'
import type { QueuedCall } from '../../outbox/call.ts'
import type { QueuedMail } from '../../outbox/mail.ts'

/** Changes saved in one unit with an event that concerns the security of an account. */
export type AccountEffects = {
  /** The person whose sessions end. */
  realm: string
  identityId: string
  /** Epoch milliseconds. */
  endedAt: number
  /** Token hash of a session that stays. */
  keptSession: string | undefined
  /** Hash of a transaction: the session that its approval created stays. */
  keptApproval: string | undefined
  /** Logout webhooks of the ended sessions. A call whose session ended otherwise in the meantime is not queued. */
  calls: readonly { tokenHash: string; call: QueuedCall }[]
  /** Notices to the person. */
  mails: readonly QueuedMail[]
  auditEntries: readonly WaitingEntry[]
}
