import type { Answer } from '../client.ts'
import { problem } from '../record/problem.ts'
import type { CallerRun } from '../record/transaction.ts'
import { checkSession } from './final-state.ts'
import type { Stage } from './stage.ts'
import { isPage, isSuccess, start, step } from './wire.ts'

/** A caller in the journey of a transaction. Records the responses. */
export class Caller {
  readonly run: CallerRun
  /** The last response. */
  lastAnswer = ''
  readonly #stage: Stage
  #page: Answer | undefined

  /** @param mayApprove whether this is the right person, who will complete the transaction. */
  constructor(stage: Stage, mayApprove: boolean) {
    this.#stage = stage
    this.run = { mayApprove, notifications: { least: 0, most: 0 } }
  }

  /**
   * Opens the link.
   * @returns false if the link no longer works.
   */
  async open(transaction: string): Promise<boolean> {
    const { client } = this.#stage
    this.#page = await client.ask(
      start({ authIndexType: 'transaction', authIndexValue: transaction, ForceAuth: 'true' }),
    )
    this.#hears(this.#page)
    if (isPage(this.#page)) client.book.acknowledged('journey started')
    return isPage(this.#page)
  }

  /** Answers yes on the first page, which sends a notification. */
  async confirm(): Promise<boolean> {
    const { client } = this.#stage
    this.run.notifications.most++
    const answer = await this.#answers([0])
    if (!isPage(answer)) return false
    client.book.acknowledged('step that notifies taken')
    this.run.notifications.least++
    this.#page = answer
    return true
  }

  /**
   * Answers the last page.
   * @param notifications minimum and maximum number that the answer sends.
   */
  async finish(value: string, notifications = { least: 0, most: 0 }): Promise<void> {
    const { book } = this.#stage.client
    this.run.end = 'sent'
    this.run.notifications.most += notifications.most
    const answer = await this.#answers([value])
    if (isPage(answer))
      return book.found([problem('an acknowledged step is lost', 'the last page came again')])
    this.run.end = isSuccess(answer) ? 'success' : 'failure'
    if (!isSuccess(answer)) return
    book.acknowledged('transaction completed')
    this.run.notifications.least += notifications.least
    await checkSession(this.#stage, String(answer.body.tokenId))
  }

  async #answers(values: unknown[]): Promise<Answer> {
    if (this.#page === undefined) throw new Error('no page was opened')
    const answer = await this.#stage.client.ask(step(this.#page, values))
    this.#hears(answer)
    return answer
  }

  #hears({ status, body }: Answer): void {
    this.lastAnswer = `${status} ${body.message ?? ''}`
  }
}
