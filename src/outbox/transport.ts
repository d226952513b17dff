import { once } from 'node:events'
import type { Socket } from 'node:net'
import type { SendMailOptions, Transporter } from 'nodemailer'
import { type Fence, FenceError, fencedSocket } from '../outgoing/fenced-socket.ts'
import type { Mail, SmtpServer } from './mail.ts'

/** Hands mails to a mail server. */
export type MailTransport = {
  /** Whether there is a server for mails that bring none. */
  hasServer: boolean
  /** Resolves when the server accepted it. @throws what {@link problemOf} reads. */
  send(mail: Mail): Promise<void>
  close(): Promise<void>
}

export type MailSettings = {
  /** `smtp://user:password@host:port` or `smtps://…`. */
  smtpUrl: string | undefined
  mailFrom: string
  /** Hosts with private addresses that nodes may name as their mail server. */
  smtpAllow: readonly string[]
}

/** Far below the mailOutbox's lease. Milliseconds. */
const timeouts = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 30_000 }

/** Speaks SMTP through nodemailer, which is loaded with the first mail. */
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

/** The server of our own settings may be named by nodes, too. */
function fenceFor(smtpUrl: string | undefined, smtpAllow: readonly string[]): Fence {
  const own = smtpUrl === undefined ? null : URL.parse(smtpUrl)
  // The usual ports. Source: RFC 8314 for submission over TLS, RFC 6409 without.
  const port = own?.port || (own?.protocol === 'smtps:' ? '465' : '587')
  const allowed = own === null ? smtpAllow : [...smtpAllow, `${own.hostname}:${port}`]
  return { allowed, setting: 'SIDEGATE_SMTP_ALLOW' }
}

/** Sends by a node's own server. Journey authors name it, so it is fenced: it must not lead into the inner network. */
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
  // An error before the transport listens would end the process. The transport notices a closed connection.
  return socket.on('error', () => undefined)
}

function messageOf(mail: Mail, mailFrom: string): SendMailOptions {
  const { from, replyTo, to, cc = [], bcc = [], subject, body, isHtml } = mail
  const content = isHtml ? { html: body } : { text: body }
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

/** Addresses as objects: a text would be parsed, and could name more than one recipient. */
function addressed(addresses: readonly string[]): { name: string; address: string }[] {
  return addresses.map((address) => ({ name: '', address }))
}

export type MailProblem = {
  code: string
  response: number | undefined
  /** How to allow the connection, when our own fence refused it. */
  fence?: string
  isFinal: boolean
}

/** What went wrong, without anything that the mail or its recipient could be known by. */
export function problemOf(error: unknown): MailProblem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  const response = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : undefined
  // The server will never take this message or recipient. A wrong password can be put right.
  const isFinal = (code === 'EENVELOPE' || code === 'EMESSAGE') && (response ?? 500) >= 500
  return { code, response, isFinal, ...(error instanceof FenceError ? { fence: error.message } : {}) }
}

/** Costs some megabytes: servers that send no mail do without. */
function nodemailer() {
  return import('nodemailer')
}
