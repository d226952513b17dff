import { once } from 'node:events'
import type { Socket } from 'node:net'
import type { SendMailOptions, Transporter } from 'nodemailer'
import { type Fence, FenceError, fencedSocket } from '../outgoing/fenced-socket.ts'
import type { Mail, SmtpServer } from './mail.ts'
import { textPartOf } from './mail-text.ts'

/** Passes emails to a mail server. */
export type MailTransport = {
  /** Whether a mail server is configured. */
  hasServer: boolean
  /** Resolves when the mail server accepts the email. @throws errors for {@link problemOf}. */
  send(mail: Mail): Promise<void>
  close(): Promise<void>
}

export type MailSettings = {
  /** `smtp://user:password@host:port` or `smtps://…`. */
  smtpUrl: string | undefined
  mailFrom: string
  /** Hosts with private addresses that nodes can use as mail servers. */
  smtpAllow: readonly string[]
}

/** Milliseconds. Far below the outbox's lease. */
const timeouts = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 30_000 }

/** Sends over SMTP with nodemailer, which is loaded for the first email. */
export function smtpTransport({ smtpUrl, mailFrom, smtpAllow }: MailSettings): MailTransport {
  const fence = fenceFor(smtpUrl, smtpAllow)
  let shared: Promise<Transporter> | undefined
  const byUrl = async (url: string) => (await nodemailer()).createTransport({ url, pool: true, ...timeouts })
  return {
    hasServer: smtpUrl !== undefined,
    async send(mail) {
      if (mail.server !== undefined) return sendAlone(mail.server, messageOf(mail, mailFrom), fence)
      if (smtpUrl === undefined) throw new Error('no mail server is set')
      shared ??= byUrl(smtpUrl)
      await (await shared).sendMail(messageOf(mail, mailFrom))
    },
    async close() {
      ;(await shared)?.close()
    },
  }
}

/** Nodes can also use the configured mail server. */
function fenceFor(smtpUrl: string | undefined, smtpAllow: readonly string[]): Fence {
  const own = smtpUrl === undefined ? null : URL.parse(smtpUrl)
  // Default ports. Source: RFC 8314 for submission over TLS, RFC 6409 without.
  const port = own?.port || (own?.protocol === 'smtps:' ? '465' : '587')
  const allowed = own === null ? smtpAllow : [...smtpAllow, `${own.hostname}:${port}`]
  return { allowed, setting: 'SIDEGATE_SMTP_ALLOW' }
}

/** Sends through a node's own mail server. Journey authors choose it, so a fence keeps it out of the internal network. */
async function sendAlone(server: SmtpServer, message: SendMailOptions, fence: Fence): Promise<void> {
  const { host, port, security, username, password } = server
  const { createTransport } = await nodemailer()
  const connection = await connected(fence, server)
  const transporter = createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'startTls',
    ignoreTLS: security === 'none',
    ...(username === '' ? {} : { auth: { user: username, pass: password } }),
    ...timeouts,
    getSocket: (_options, done) => done(null, { connection }),
  })
  try {
    await transporter.sendMail(message)
  } finally {
    transporter.close()
    connection.destroy()
  }
}

async function connected(fence: Fence, { host, port }: SmtpServer): Promise<Socket> {
  const socket = fencedSocket(fence, { host, port })
  socket.setTimeout(timeouts.connectionTimeout, () => socket.destroy(new Error('no connection in time')))
  await once(socket, 'connect')
  socket.setTimeout(0)
  // Without a listener, an early error would end the process. The transport notices the closed connection itself.
  return socket.on('error', () => undefined)
}

function messageOf(mail: Mail, mailFrom: string): SendMailOptions {
  const { from, replyTo, to, cc = [], bcc = [], subject, body, isHtml } = mail
  // Some readers show only text, and filters distrust emails without it.
  const content = isHtml ? { html: body, text: textPartOf(body) } : { text: body }
  return {
    from: from || mailFrom,
    ...(replyTo ? { replyTo } : {}),
    to: addressed([to].flat()),
    cc: addressed(cc),
    bcc: addressed(bcc),
    subject,
    ...content,
  }
}

/** Addresses as objects, because nodemailer would parse a string, which could name several recipients. */
function addressed(addresses: readonly string[]): { name: string; address: string }[] {
  return addresses.map((address) => ({ name: '', address }))
}

export type MailProblem = {
  code: string
  response: number | undefined
  /** The hint how to allow the connection, if our fence refused it. */
  fence?: string
  isFinal: boolean
}

/** Describes a failure without anything that identifies the email or its recipient. */
export function problemOf(error: unknown): MailProblem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  const response = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : undefined
  // The mail server will never accept this message or recipient. Other problems, such as a wrong password, can be fixed.
  const isFinal = (code === 'EENVELOPE' || code === 'EMESSAGE') && (response ?? 500) >= 500
  return { code, response, isFinal, ...(error instanceof FenceError ? { fence: error.message } : {}) }
}

/** Loaded on demand: it costs some megabytes. */
function nodemailer() {
  return import('nodemailer')
}
