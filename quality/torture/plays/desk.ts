import { caller } from '../../../test/support/help-desk-play.ts'
import type { Answer } from '../client.ts'
import { problem } from '../record/problem.ts'
import type { TransactionRecord } from '../record/transaction.ts'
import { Caller } from './caller.ts'
import { checkTransaction } from './final-state.ts'
import type { Stage } from './stage.ts'
import { Watch } from './watch.ts'
import { isPage, isSuccess, realm, start, step } from './wire.ts'

/** Plays both sides of the help-desk example. Sometimes the caller doesn't know the password. */
export async function playDesk(stage: Stage): Promise<void> {
  const { client } = stage
  const { book } = client
  const isStranger = Math.random() < 0.4
  const first = await client.ask(start({ authIndexType: 'service', authIndexValue: 'HelpDesk' }))
  const mail = isStranger ? `${stage.stranger}@example.com` : caller.mail
  let page = await client.ask(step(first, [mail]))
  if (!isPage(page)) {
    const seen = `${page.status} to the caller's address: ${page.body.message}`
    return book.found([problem('an acknowledged step is lost', seen)])
  }
  book.acknowledged('transaction opened')
  const watch = new Watch(client, () => ({ headers: { 'x-sidegate-authid': String(page.body.authId) } }))
  const record: TransactionRecord = { runs: [], looks: [] }
  const { link } = (await watch.snapshot) ?? {}
  if (link === undefined)
    return book.found([problem('an acknowledged step is lost', 'a transaction is gone at once')])
  const one = new Caller(stage, !isStranger)
  record.runs.push(one.run)
  const transaction = new URL(link).searchParams.get('authIndexValue') ?? ''
  if (await one.open(transaction)) {
    await one.finish(isStranger ? 'not-the-password' : caller.password, { least: 2, most: 2 })
  }
  if (one.run.end !== 'success' && !isStranger) {
    book.found([problem('an acknowledged step is lost', `the caller of the sample: ${one.lastAnswer}`)])
  }
  // Otherwise the agent would keep waiting.
  if (one.run.end !== 'success') record.isCancelled = await cancel(stage, page)
  const end = await waits()
  await watch.finish()
  const last = isPage(end) ? await client.ask(step(end, [])) : end
  if (isSuccess(last) !== (one.run.end === 'success')) {
    const rule = isSuccess(last) ? 'a success that the rules do not allow' : 'an acknowledged step is lost'
    book.found([problem(rule, `the agent's journey ended with ${last.status}`)])
  }
  await checkTransaction(stage, record, watch)

  /** Polls until the page no longer waits. */
  async function waits(): Promise<Answer> {
    while (isWaiting(page)) {
      const answer = await client.ask(step(page, [], { prefer: 'wait=1' }))
      if (!isPage(answer)) return answer
      book.acknowledged('step taken')
      page = answer
    }
    return page
  }
}

function isWaiting({ body }: Answer): boolean {
  const callbacks = (body.callbacks ?? []) as { type: string }[]
  return callbacks.some(({ type }) => type === 'PollingWaitCallback')
}

async function cancel({ client }: Stage, page: Answer): Promise<boolean> {
  const { status } = await client.ask({
    path: `${realm}/authenticate/backchannel/cancel`,
    body: {},
    headers: {
      'accept-api-version': 'resource=1, protocol=2.0',
      'x-sidegate-authid': String(page.body.authId),
    },
  })
  if (status === 200) client.book.acknowledged('transaction cancelled')
  return status === 200
}
