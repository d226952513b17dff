import type { SendMailOptions, Transporter } from 'nodemailer'
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
}

/** Far below the courier's lease. Milliseconds. */
const timeouts = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 30_000 }

/** Speaks SMTP through nodemailer, which is loaded with the first mail. */
export function smtpTransport({ smtpUrl, mailFrom }: MailSettings): MailTransport {
  let shared: Promise<Transporter> | undefined
  const byUrl = async (url: string) => (await nodemailer()).createTransport({ url, pool: true, ...timeouts })
  return {
    hasServer: smtpUrl !== undefined,
    async send(mail) {
      if (mail.server !== undefined) return sendAlone(mail.server, messageOf(mail, mailFrom))
      if (smtpUrl === undefined) throw new Error('no mail server is set')
      shared ??= byUrl(smtpUrl)
      await (await shared).sendMail(messageOf(mail, mailFrom))
    },
    async close() {
      ;(await shared)?.close()
    },
  }
}

/** A node's own server: named by an administrator, so that private addresses are fine. */
async function sendAlone(server: SmtpServer, message: SendMailOptions): Promise<void> {
  const { host, port, security, username, password } = server
  const transporter = (await nodemailer()).createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'startTls',
    ignoreTLS: security === 'none',
    ...(username === '' ? {} : { auth: { user: username, pass: password } }),
    ...timeouts,
  })
  try {
    await transporter.sendMail(message)
  } finally {
    transporter.close()
  }
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

/** What went wrong, without anything that the mail or its recipient could be known by. */
export function problemOf(error: unknown): { code: string; response: number | undefined; isFinal: boolean } {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  const response = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : undefined
  // The server will never take this message or recipient. A wrong password can be put right.
  const isFinal = (code === 'EENVELOPE' || code === 'EMESSAGE') && (response ?? 500) >= 500
  return { code, response, isFinal }
}

/** Costs some megabytes: servers that send no mail do without. */
function nodemailer() {
  return import('nodemailer')
}
