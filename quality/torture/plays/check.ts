import { oneOf } from '../chance.ts'
import { caller } from '../place/journeys.ts'
import { problem } from '../record/problem.ts'
import type { TransactionRecord } from '../record/transaction.ts'
import { Caller } from './caller.ts'
import { checkTransaction } from './final-state.ts'
import type { Stage } from './stage.ts'
import { Watch } from './watch.ts'
import { asClient } from './wire.ts'

const scenarios = ['alone', 'alone', 'wrongPerson', 'rivals', 'rivals', 'cancelled', 'notMe'] as const

/** An application opens a transaction and watches it. Callers complete it, compete for it, cancel or reject it. */
export async function playCheck(stage: Stage): Promise<void> {
  const { client } = stage
  const { book } = client
  const [subject, other] = twoOf(stage.people)
  const transaction = await open(stage, subject)
  if (transaction === undefined) return
  const headers = { authorization: `Bearer ${stage.token}` }
  const watch = new Watch(client, () => ({ transaction, headers }))
  const record: TransactionRecord = { runs: [], looks: [] }
  await look(stage, transaction, record)
  const scenario = oneOf(scenarios)
  let newest: Caller | undefined
  const comes = async (mayApprove: boolean) => {
    const one = new Caller(stage, mayApprove)
    newest = one
    record.runs.push(one.run)
    return (await one.open(transaction)) && (await one.confirm()) ? one : undefined
  }
  if (scenario === 'wrongPerson') await (await comes(false))?.finish(other)
  const callers = await Promise.all(Array.from({ length: scenario === 'rivals' ? 3 : 1 }, () => comes(true)))
  const spoils = {
    cancelled: () => cancel(stage, transaction, record),
    notMe: () => reject(stage, transaction, record),
  }
  await Promise.all([
    ...callers.map((one) => one?.finish(subject)),
    look(stage, transaction, record),
    scenario === 'cancelled' || scenario === 'notMe' ? spoils[scenario]() : undefined,
  ])
  if ((scenario === 'alone' || scenario === 'wrongPerson') && record.runs.at(-1)?.end !== 'success') {
    book.found([problem('an acknowledged step is lost', `the only caller: ${newest?.lastAnswer}`)])
  }
  await look(stage, transaction, record)
  await watch.finish()
  await checkTransaction(stage, record, watch)
}

/** Two different people. */
function twoOf(people: readonly string[]): [string, string] {
  const subject = oneOf(people)
  return [subject, oneOf(people.filter((name) => name !== subject))]
}

async function open({ client, token }: Stage, subject: string): Promise<string | undefined> {
  const body = {
    type: 'service',
    value: caller,
    subject: { type: 'user', name: subject },
    data: { notice: { journeyStatus: 'ready' } },
  }
  const answer = await client.ask(asClient(token, 'initialize', body))
  const { transaction } = answer.body
  if (typeof transaction !== 'string') {
    client.book.found([problem('an answer that is never allowed', `${answer.status} to initialize`)])
    return undefined
  }
  client.book.acknowledged('transaction opened')
  return transaction
}

async function look(
  { client, token }: Stage,
  transaction: string,
  { looks }: TransactionRecord,
): Promise<void> {
  const from = performance.now()
  const { status, body } = await client.ask(asClient(token, 'info', { transaction }))
  const state = status === 200 ? String(body.state) : `gone (${status})`
  const standing = state === 'COMPLETED' ? `${state} ${body.result}` : state
  looks.push({ from, to: performance.now(), standing })
}

async function cancel(stage: Stage, transaction: string, record: TransactionRecord): Promise<void> {
  const { status } = await stage.client.ask(asClient(stage.token, 'cancel', { transaction }))
  if (status !== 200) return
  stage.client.book.acknowledged('transaction cancelled')
  record.isCancelled = true
}

async function reject(stage: Stage, transaction: string, record: TransactionRecord): Promise<void> {
  const { status } = await stage.client.ask(asClient(stage.token, 'reject', { transaction }))
  if (status !== 200) return
  stage.client.book.acknowledged('transaction rejected')
  record.isRejected = true
}
