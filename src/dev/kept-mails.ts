import type { MailTransport } from '../outbox/transport.ts'
import { Mailbox, type SentMail } from '../testing/world/mailbox.ts'

/** An email, and when it was sent, in epoch milliseconds of the server's clock. */
export type KeptMail = SentMail & { number: number; sentAt: number }

/** Older emails are dropped. */
const maxMails = 200

/** Keeps the last emails of a server, and sends none. */
export class KeptMails {
  readonly #mailbox = new Mailbox()
  readonly #now: () => number
  #mails: KeptMail[] = []
  #count = 0

  constructor(now: () => number) {
    this.#now = now
  }

  readonly transport: MailTransport = {
    ...this.#mailbox.transport,
    send: async (mail) => {
      await this.#mailbox.transport.send(mail)
      for (const sent of this.#mailbox.all.splice(0)) {
        this.#count += 1
        this.#mails = [{ ...sent, number: this.#count, sentAt: this.#now() }, ...this.#mails].slice(
          0,
          maxMails,
        )
      }
    },
  }

  /** Newest first. */
  get all(): readonly KeptMail[] {
    return this.#mails
  }
}
