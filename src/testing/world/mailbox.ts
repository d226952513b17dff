import type { Mail } from '../../outbox/mail.ts'
import type { MailTransport } from '../../outbox/transport.ts'

export type SentMail = { from: string; to: readonly string[]; subject: string; body: string; isHtml: boolean }

/** Keeps the emails that a server sends, and sends none. */
export class Mailbox {
  readonly all: SentMail[] = []

  readonly transport: MailTransport = {
    hasServer: true,
    send: async ({ from, to, cc = [], bcc = [], subject, body, isHtml }: Mail) => {
      this.all.push({ from, to: [to, cc, bcc].flat(), subject, body, isHtml })
    },
    close: async () => {},
  }
}
