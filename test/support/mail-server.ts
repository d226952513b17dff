import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** An email as it arrived. */
export type Arrived = {
  from: string
  to: string[]
  subject: string
  body: string
  isHtml: boolean
  /** The text part of an email in HTML. */
  text?: string
  user: string
}

/** A mail server on a free local port, which keeps received emails. */
export async function startMailServer(
  options: { port?: number; refuse?: (address: string) => number | undefined } = {},
) {
  const mails: Arrived[] = []
  const waiting: { count: number; resolve: () => void }[] = []
  const server = new SMTPServer({
    authOptional: true,
    // Clients keep connections open for the next email.
    closeTimeout: 100,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) =>
      password === 'right' ? done(null, { user: username }) : done(new Error('wrong password')),
    onRcptTo({ address }, _session, done) {
      const responseCode = options.refuse?.(address)
      done(
        responseCode === undefined
          ? null
          : Object.assign(new Error(`no mailbox ${address}`), { responseCode }),
      )
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        const from = mailFrom ? mailFrom.address : ''
        const to = rcptTo.map(({ address }) => address)
        mails.push({ from, to, user: String(session.user ?? ''), ...read(Buffer.concat(chunks).toString()) })
        for (const { count, resolve } of waiting) if (mails.length >= count) resolve()
        done()
      })
    },
  })
  server.on('error', () => undefined)
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    mails,
    /** Resolves with the last email when this many have arrived. */
    async arrived(count: number): Promise<Arrived> {
      if (mails.length < count) await new Promise<void>((resolve) => waiting.push({ count, resolve }))
      return mails[count - 1] as Arrived
    },
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

/** A closed local port. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Reads an email of nodemailer: a header, and one part or two, text and HTML. */
function read(message: string): Pick<Arrived, 'subject' | 'body' | 'isHtml' | 'text'> {
  const { field, content } = partOf(message)
  const subject = encodedWords(field('Subject'))
  const boundary = /boundary="([^"]*)"/.exec(field('Content-Type'))?.[1]
  if (boundary === undefined) return { subject, ...readPart(message) }
  const [text, html] = content
    .split(`--${boundary}`)
    .slice(1, 3)
    .map((part) => readPart(part.trimStart()))
  return { subject, body: html?.body ?? '', isHtml: html?.isHtml ?? false, text: text?.body ?? '' }
}

function partOf(part: string) {
  const end = part.indexOf('\r\n\r\n')
  const header = part.slice(0, end).replace(/\r\n[ \t]+/g, ' ')
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(header)?.[1] ?? ''
  return { field, content: part.slice(end + 4) }
}

/** In quoted-printable, base64 or plain. */
function readPart(part: string): Pick<Arrived, 'body' | 'isHtml'> {
  const { field, content } = partOf(part)
  return {
    body: decoded(content, field('Content-Transfer-Encoding')).trim(),
    isHtml: field('Content-Type').startsWith('text/html'),
  }
}

function decoded(text: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(text, 'base64').toString()
  return encoding === 'quoted-printable' ? quotedPrintable(text) : text
}

function quotedPrintable(text: string): string {
  const joined = text.replace(/=\r\n/g, '')
  const bytes = joined.replace(/=([0-9A-F]{2})/g, (_all, code) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
  return Buffer.from(bytes, 'latin1').toString()
}

function encodedWords(text: string): string {
  return text.replace(/=\?UTF-8\?([QB])\?([^?]*)\?=\s?/gi, (_all, kind, word) =>
    kind.toUpperCase() === 'B'
      ? Buffer.from(word, 'base64').toString()
      : quotedPrintable(word.replaceAll('_', ' ')),
  )
}
