import { z } from 'zod'
import { type JsonObject, jsonObjectSchema } from '../../base/json.ts'
import type { QueuedCall } from '../../outbox/call.ts'
import type { TelephoneChannel } from '../../realms/messaging-settings.ts'
import type { ShortCodeChannel } from '../short-codes/short-code.ts'
import { plainText } from './plain-text.ts'
import { purposeSchema } from './purpose.ts'

const maxNameLength = 120

const states = ['CREATED', 'IN_PROGRESS', 'COMPLETED'] as const
const results = ['UNKNOWN', 'APPROVED', 'DENIED'] as const

export type TransactionState = (typeof states)[number]
export type TransactionResult = (typeof results)[number]

/**
 * How the person behind the link can reject a check: it isn't them, they were called (by an attacker who poses as the help
 * desk), or they don't vouch for the caller.
 */
export const rejections = ['notMe', 'calledMe', 'notVouched'] as const

export type Rejection = (typeof rejections)[number]

/**
 * Reasons for a denial, besides a failed journey. `wrongPerson`: another account signed in. `wrongCode`: no attempts left.
 * `reported`: the person reported an attack in another transaction.
 */
export const denials = [...rejections, 'wrongPerson', 'wrongCode', 'reported'] as const

export type Denial = (typeof denials)[number]

export const partySchema = z.object({
  /** Object id of the identity. */
  id: z.string(),
  /** Username. */
  name: z.string(),
  /** The display name when the transaction was opened. */
  displayName: z.string().exactOptional(),
})

/** A person who takes part in a transaction. */
export type Party = z.infer<typeof partySchema>

const subjectSchema = partySchema.extend({ kind: z.enum(['user', 'agent']) })

/** The only person whose sign-in can approve the transaction. */
export type Subject = z.infer<typeof subjectSchema>

const text = z
  .string()
  .nullable()
  .transform((value) => value ?? undefined)

/** Members with a default are missing in rows of earlier versions. */
const openerSchema = z.object({
  journeySession: text,
  session: text,
  /** The person in whose session the front journey ran. */
  agent: partySchema
    .nullable()
    .transform((agent) => agent ?? undefined)
    .prefault(null),
  /** Whether that person had a help-desk role at that time. */
  isHelpDesk: z.boolean().prefault(false),
  /** The second agent, who signed in during the front journey to approve the check. */
  secondAgent: partySchema.exactOptional(),
  /** Id of the client whose bearer token opened it. */
  client: text.prefault(null),
  /** The front journey. */
  journey: text.prefault(null),
})

/** The opener of a transaction, who can watch and cancel it. Tokens are hashed; at most one of agent and client is set. */
export type Opener = z.infer<typeof openerSchema>

/** The display name of an agent or subject, made safe to show: people choose their names themselves. */
export function safeDisplayName({ name, displayName }: Omit<Subject, 'kind'>): string {
  return plainText(displayName ?? name, maxNameLength) || name
}

/** The agent who is responsible for the transaction now: its opener, or the agent who took it over last. */
export function agentOf({
  openedBy,
  assignee,
}: Pick<Transaction, 'openedBy' | 'assignee'>): Party | undefined {
  return assignee ?? openedBy.agent
}

/** The name of that agent, made safe to show. */
export function agentNameOf(transaction: Pick<Transaction, 'openedBy' | 'assignee'>): string | undefined {
  const agent = agentOf(transaction)
  return agent && safeDisplayName(agent)
}

/** The name of the second agent, as their account has it, made safe to show. */
export function secondAgentNameOf({ openedBy }: Pick<Transaction, 'openedBy'>): string | undefined {
  return openedBy.secondAgent && safeDisplayName(openedBy.secondAgent)
}

/** The offer as agents see it: its time, and the colleague (null: the team). */
export function offerOf({ offer }: Pick<Transaction, 'offer'>) {
  if (offer === undefined) return null
  const { to, at = null } = offer
  return { name: to && safeDisplayName(to), at }
}

/** An unknown opener, and a base for partly known ones. */
export const unknownOpener: Opener = {
  journeySession: undefined,
  session: undefined,
  agent: undefined,
  isHelpDesk: false,
  client: undefined,
  journey: undefined,
}

export const transactionSchema = z.object({
  /** SHA-256 of the id, which is part of the secret link and never stored itself. */
  idHash: z.string(),
  realm: z.string(),
  /** The journey that the caller runs. */
  journey: z.string(),
  /** Identifies the transaction in texts. Random, and useless to an attacker. */
  reference: z.string(),
  purpose: purposeSchema,
  state: z.enum(states),
  result: z.enum(results),
  /** The reason of a denial, unless the journey failed. */
  denial: z.enum(denials).optional(),
  isCancelled: z.boolean(),
  subject: subjectSchema.optional(),
  /** Copied to the caller's shared state. */
  data: jsonObjectSchema,
  /** Data of all notifications, merged key by key; undefined before the first. */
  notificationData: jsonObjectSchema.optional(),
  /** Properties of the caller's session, after success. */
  sessionProperties: z.record(z.string(), z.string()),
  allowRetry: z.boolean(),
  /** The opener's correlation id. */
  trackingId: z.string().optional(),
  /** Our own correlation id, in audit events and responses. */
  auditTrackingId: z.string(),
  openedBy: openerSchema,
  /** The agent who took the check over last; undefined while its opener is responsible for it. */
  assignee: partySchema.optional(),
  /** The agent's offer to hand the check over, to one colleague or (null) to the team. The agent stays responsible meanwhile. */
  offer: z.object({ to: partySchema.nullable(), at: z.number().optional() }).optional(),
  /** Epoch milliseconds. */
  createdAt: z.number(),
  expiresAt: z.number(),
  /** When it was completed or cancelled; undefined for open and expired transactions. */
  endedAt: z.number().optional(),
  /** When the person behind the link rejected it, before or after the result. */
  rejectedAt: z.number().optional(),
  /** When its agent first read that rejection, and who that was. */
  rejectionReadAt: z.number().optional(),
  rejectionReadBy: partySchema.optional(),
  /** When a lead who was not its agent first read that rejection, and who. */
  leadReadAt: z.number().optional(),
  leadReadBy: partySchema.optional(),
  /** When the page behind the link was first shown. */
  viewedAt: z.number().optional(),
  /** When the caller confirmed on the page that they called, or agreed to vouch. */
  confirmedAt: z.number().optional(),
  /** When the link was last emailed. */
  sentAt: z.number().optional(),
  /** When a message with the link was last queued. */
  messagedAt: z.number().optional(),
  /** Sequence number of the newest event; 0 without events. */
  sequence: z.number(),
})

/**
 * A request to authenticate out of band, opened by one journey and completed by the caller's. States only move forward:
 * CREATED, IN_PROGRESS, COMPLETED. Cancelled and expired transactions look unknown to readers.
 */
export type Transaction = z.infer<typeof transactionSchema>

/** The states of a transaction that has no result yet. */
export const openStates = ['CREATED', 'IN_PROGRESS'] as const

export type OpenState = (typeof openStates)[number]

export type Transition = {
  from: readonly TransactionState[]
  to: Partial<Pick<Transaction, 'state' | 'result' | 'isCancelled'>>
  /** Whether the change ends the transaction. */
  isEnd?: boolean
}

/**
 * The changes of a transaction: the states in which each is allowed, and the resulting state. None is allowed once the
 * transaction is cancelled or expired. Storage checks this in the update itself, so that one of several concurrent requests
 * wins.
 */
export const transitions = {
  start: { from: ['CREATED'], to: { state: 'IN_PROGRESS' } },
  approve: { from: openStates, to: { state: 'COMPLETED', result: 'APPROVED' }, isEnd: true },
  deny: { from: openStates, to: { state: 'COMPLETED', result: 'DENIED' }, isEnd: true },
  cancel: { from: openStates, to: { isCancelled: true }, isEnd: true },
  /** Events that keep the state, such as an email with the link. */
  note: { from: openStates, to: {} },
  /** The person behind the link rejects a check that has its result, which stays. */
  // rule H6: otherwise "this is not me" after the result is lost
  rejectLate: { from: ['COMPLETED'], to: {} },
} as const satisfies Record<string, Transition>

/** An event of a transaction. Numbers start at 1 and have no gaps. */
export type TransactionEvent = { sequence: number; at: number } & (
  | { kind: 'notification'; data: JsonObject }
  | { kind: 'state'; state: TransactionState; result: TransactionResult }
  /** It became COMPLETED and DENIED by the person behind the link. */
  | { kind: Rejection }
  /** The person behind the link rejected it after the result, which stays. */
  | { kind: 'rejected'; reason: Rejection }
  /** The person reported an attack in another transaction, which ended this one (final) or pauses its result. */
  | { kind: 'reported'; isFinal: boolean }
  /** The page behind the link is open in a browser, and its reader has not gone on yet. */
  | { kind: 'viewed' }
  /** The caller confirms that they called; a person who vouches confirms that they know of the call. */
  | { kind: 'confirmed' }
  /** Another person than the subject completed the journey. Final for checks. */
  | { kind: 'wrongPerson'; isFinal: boolean }
  /** The caller typed the code that the agent read out. */
  | { kind: 'codeMatched' }
  | { kind: 'codeWrong'; triesLeft: number }
  /** The caller exchanged a short code for the link. */
  | { kind: 'shortCodeUsed'; channel: ShortCodeChannel }
  /** A mail server accepted the email with the link, or sending was given up. */
  | { kind: 'mailDelivered' }
  | { kind: 'mailFailed' }
  /** A gateway accepted the message with the link, the provider reported its delivery, or it failed. */
  | { kind: 'messageSent'; channel: TelephoneChannel; message?: string }
  | { kind: 'messageDelivered'; channel: TelephoneChannel; message?: string }
  | { kind: 'messageFailed'; channel: TelephoneChannel; message?: string }
  /** The caller's journey failed and can be repeated. `reason` is the text that the caller saw, if any. */
  | { kind: 'signInFailed'; reason: string | null }
  /** Another agent has an open check of the same person. `agent` is that agent's name. */
  | { kind: 'alsoChecked'; agent: string }
  /** The link was queued: as an email, or as a message with an id if there is a channel. `to` is masked. */
  | { kind: 'sent'; to: string; channel?: TelephoneChannel; message?: string }
  /** The agent offers the check to a colleague, or to the team. `to` is that colleague's name, `toId` their object id. */
  | { kind: 'offered'; to: string | null; toId: string | null }
  | { kind: 'offerWithdrawn' }
  /** Another agent took the check over. `agent` and `from` are names, `fromId` is the object id of the former agent. */
  | { kind: 'takenOver'; agent: string; from: string; fromId: string }
  | { kind: 'cancelled' }
  /** An agent withdrew the result. `agent` is that agent's name. */
  | { kind: 'withdrawn'; agent: string }
)

/** All event kinds, as a record so that the compiler finds a missing one. */
export const eventKinds: { readonly [Kind in TransactionEvent['kind']]: Kind } = {
  notification: 'notification',
  state: 'state',
  notMe: 'notMe',
  calledMe: 'calledMe',
  notVouched: 'notVouched',
  viewed: 'viewed',
  confirmed: 'confirmed',
  rejected: 'rejected',
  reported: 'reported',
  wrongPerson: 'wrongPerson',
  codeMatched: 'codeMatched',
  codeWrong: 'codeWrong',
  shortCodeUsed: 'shortCodeUsed',
  mailDelivered: 'mailDelivered',
  mailFailed: 'mailFailed',
  messageSent: 'messageSent',
  messageDelivered: 'messageDelivered',
  messageFailed: 'messageFailed',
  signInFailed: 'signInFailed',
  alsoChecked: 'alsoChecked',
  sent: 'sent',
  offered: 'offered',
  offerWithdrawn: 'offerWithdrawn',
  takenOver: 'takenOver',
  cancelled: 'cancelled',
  withdrawn: 'withdrawn',
}

/** A change that is saved with a journey's step. `complete` fails if the transaction is already completed. */
export type TransactionChange =
  /** `callAtEnd` is made when the transaction is completed or cancelled. */
  | { kind: 'create'; transaction: Transaction; callAtEnd?: QueuedCall }
  /** CREATED becomes IN_PROGRESS; later states stay. */
  | { kind: 'start'; idHash: string; now: number }
  | {
      kind: 'complete'
      idHash: string
      now: number
      sessionProperties: Readonly<Record<string, string>>
      /** Refused if the person reported an attack after this time: `pausesSince`. */
      reportedAfter: number
    }
  /** COMPLETED and DENIED, unless it is completed already. */
  | { kind: 'deny'; idHash: string; now: number }
  /** `agentId`: who must be its agent; undefined for transactions without an agent. */
  | { kind: 'cancel'; idHash: string; now: number; agentId?: string | undefined }
  | { kind: 'alsoChecked'; idHash: string; now: number; agent: string }
  | { kind: 'signInFailed'; idHash: string; now: number; reason: string | null }
  /** Records that another person completed the journey; denies the transaction if final. */
  | { kind: 'wrongPerson'; idHash: string; now: number; isFinal: boolean }

/** Expired and cancelled transactions must look unknown to all clients. Decided at every read. */
export function isGone(transaction: Pick<Transaction, 'isCancelled' | 'expiresAt'>, now: number): boolean {
  return (
    transaction.isCancelled ||
    // rule H2: otherwise a check never expires
    transaction.expiresAt <= now
  )
}

/**
 * How long an approved check can change its agent at most, in milliseconds: the longest delay of a policy, and the life of a
 * result after it.
 */
export const handOverMs = 7 * 24 * 60 * 60_000 + 10 * 60_000

/** Whether a kind of event is a rejection that ended the transaction. */
export function isRejection(kind: string): kind is Rejection {
  return rejections.some((each) => each === kind)
}

/** The rejection, derived from the purpose if it came after the result, because the row then has no denial. */
export function rejectionOf({
  denial,
  rejectedAt,
  purpose,
}: Pick<Transaction, 'denial' | 'rejectedAt' | 'purpose'>): Rejection | undefined {
  if (denial !== undefined && isRejection(denial)) return denial
  if (rejectedAt === undefined) return undefined
  return purpose.vouchFor === undefined ? 'notMe' : 'notVouched'
}

/** Adds the keys of a notification and replaces existing ones. */
export function mergeNotification(existing: JsonObject | undefined, data: JsonObject): JsonObject {
  return { ...existing, ...data }
}
