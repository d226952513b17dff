import { z } from 'zod'

/** A mail server, where a node brings its own. */
const smtpServerSchema = z.object({
  host: z.string(),
  port: z.number(),
  security: z.enum(['none', 'startTls', 'tls']),
  username: z.string(),
  password: z.string(),
})

/** A message as it leaves us. It may hold a one-time password or a link: it is kept sealed and never logged. */
export const mailSchema = z.object({
  /** Empty means the sender of the server's settings. */
  from: z.string(),
  /** Where answers go; unset means to the sender. */
  replyTo: z.string().exactOptional(),
  to: z.union([z.string(), z.array(z.string())]),
  cc: z.array(z.string()).exactOptional(),
  bcc: z.array(z.string()).exactOptional(),
  subject: z.string(),
  body: z.string(),
  isHtml: z.boolean(),
  /** The transaction whose link this mail carries: whether the mail went out is part of its timeline. */
  transactionHash: z.string().exactOptional(),
  /** Unset means the mail server of the server's settings. */
  server: smtpServerSchema.optional(),
})

export type Mail = z.infer<typeof mailSchema>
export type SmtpServer = z.infer<typeof smtpServerSchema>

/** Whom mails of a realm are from, and where answers go; empty means what the server's settings say. */
export type MailSender = { from: string; replyTo: string }

/** Whose mail server takes it: that of our settings, or one that the mail brings. */
export const mailRoutes = ['settings', 'own'] as const
export type MailRoute = (typeof mailRoutes)[number]

/** A mail that waits to be sent, as storage sees it. */
export type QueuedMail = {
  id: string
  realm: string
  route: MailRoute
  /** Sealed {@link Mail}. */
  body: string
  /** How often it was taken to be sent. */
  attempts: number
  /** Epoch milliseconds. */
  createdAt: number
  dueAt: number
}
