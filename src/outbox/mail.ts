import { z } from 'zod'

/** A mail server that a node configures. */
const smtpServerSchema = z.object({
  host: z.string(),
  port: z.number(),
  security: z.enum(['none', 'startTls', 'tls']),
  username: z.string(),
  password: z.string(),
})

/** An outgoing email. It can contain a one-time password or a link, so it is stored sealed and never logged. */
export const mailSchema = z.object({
  /** Empty means the configured sender. */
  from: z.string(),
  /** Unset means the sender. */
  replyTo: z.string().exactOptional(),
  to: z.union([z.string(), z.array(z.string())]),
  cc: z.array(z.string()).exactOptional(),
  bcc: z.array(z.string()).exactOptional(),
  subject: z.string(),
  body: z.string(),
  isHtml: z.boolean(),
  /** The transaction whose link this email contains. Its delivery is recorded in the transaction's timeline. */
  transactionHash: z.string().exactOptional(),
  /** Unset means the configured mail server. */
  server: smtpServerSchema.optional(),
})

export type Mail = z.infer<typeof mailSchema>
export type SmtpServer = z.infer<typeof smtpServerSchema>

/** The sender and reply address of a realm's emails. Empty means the configured ones. */
export type MailSender = { from: string; replyTo: string }

/** Which mail server sends an email: the configured one, or the email's own. */
export const mailRoutes = ['settings', 'own'] as const
export type MailRoute = (typeof mailRoutes)[number]

export const queuedMailSchema = z.object({
  id: z.string(),
  realm: z.string(),
  route: z.enum(mailRoutes),
  /** Sealed {@link Mail}. */
  body: z.string(),
  /** Attempts so far. */
  attempts: z.number(),
  /** Epoch milliseconds. */
  createdAt: z.number(),
  dueAt: z.number(),
  /** The masked recipient, for administrators. */
  about: z.string().optional(),
  /** Why the last attempt failed, in the words of `problemOf`; undefined during an attempt. */
  problem: z.string().optional(),
  /** When it was given up. Its body is empty from then on. */
  failedAt: z.number().optional(),
})

/** A waiting email as it is stored. */
export type QueuedMail = z.infer<typeof queuedMailSchema>
