import type { JsonObject } from '../../base/json.ts'

export type BackchannelStatus = {
  state: 'CREATED' | 'IN_PROGRESS' | 'COMPLETED'
  result: 'UNKNOWN' | 'APPROVED' | 'DENIED'
  /** The merged data of all notifications so far. */
  notificationData: JsonObject | undefined
  sessionProperties: Readonly<Record<string, string>>
}

export type OpenTransaction = {
  journey: string
  subject: { kind: 'user' | 'agent'; name: string } | undefined
  data: JsonObject
  /** Unset: the realm's lifetime. */
  timeoutSeconds: number | undefined
  allowRetry: boolean
  /** An earlier transaction of this journey session to replace. */
  replaces: string | undefined
}

/** Backchannel transactions of the journey's realm. Ids are secrets: anyone who has one can run the journey. */
export type BackchannelPort = {
  open(
    request: OpenTransaction,
  ): Promise<
    | { kind: 'created'; id: string; links: { get: string; post: string; parameters: string } }
    | { kind: 'unknownSubject' }
  >
  /** Undefined if the transaction is unknown or expired; the two look the same. */
  status(id: string): Promise<BackchannelStatus | undefined>
  /** Commits at once, keyed by the node's visit: a repeated step notifies once. */
  notify(id: string, data: JsonObject): Promise<void>
}

/** A request to the other agents to approve the check that this front journey is about to open. */
export type AskedApproval = {
  /** Username or object id of the person whom the check will be about. */
  subject: string
  /** Action, reason, ticket and person to vouch for, as for the transaction. */
  data: JsonObject
  seconds: number
  /** Asks nobody if the action can do without a second agent. */
  onlyIfNeeded: boolean
}

export type ApprovalStatus = {
  state: 'waiting' | 'approved' | 'declined' | 'cancelled' | 'expired'
  expiresAt: number
  /** The agent who answered. */
  answeredBy: { id: string; displayName: string } | undefined
  declineReason: string | undefined
}

/** Approvals by second agents. The opening of a check finds the approval itself: what nodes and scripts know doesn't count. */
export type ApprovalPort = {
  /** Saved with the step, and replaces an earlier request of the journey. */
  ask(
    request: AskedApproval,
  ): Promise<
    | { kind: 'asked'; id: string; expiresAt: number }
    | { kind: 'notNeeded' }
    | { kind: 'unavailable'; reason: string }
  >
  /** Undefined if this journey has no such request, or if the agent who approved it lost that right. */
  status(id: string): Promise<ApprovalStatus | undefined>
  /** Withdraws a request that waits, when the step is saved. */
  cancel(id: string): void
}

/** The part of a check that a caller may know before proving anything, as plain text. */
export type CheckNotice = {
  organisation: string
  agent: string
  action: string | undefined
  reason: string | undefined
  ticket: string | undefined
  /** Another agent who approved the check or proved to be one. Never what a journey or the agent wrote. */
  secondAgent: string | undefined
  /** The person to vouch for. Undefined if the caller is checked for themselves. */
  vouchFor: string | undefined
  /** The agent must be able to read this aloud. */
  reverseCode: string
}

/** The check that this journey completes. */
export type VerificationPort = {
  /** undefined if the journey was started by name, or its transaction is not a check. */
  notice(): Promise<CheckNotice | undefined>
  /** Commits at once, keyed by the node's visit: a repeated step spends one attempt. */
  typeCode(code: string): Promise<{ kind: 'right' } | { kind: 'wrong'; triesLeft: number } | { kind: 'over' }>
  /** Rejects the check by "This is not me", "Somebody called me" or "I don't vouch". Commits at once. */
  reject(reason: 'notMe' | 'calledMe'): Promise<void>
}
