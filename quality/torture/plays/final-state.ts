import type { JsonObject } from '../../../src/base/json.ts'
import { feedProblems } from '../record/feed.ts'
import { problem } from '../record/problem.ts'
import { type FinalState, type TransactionRecord, transactionProblems } from '../record/transaction.ts'
import type { Stage } from './stage.ts'
import type { Watch } from './watch.ts'
import { asAdministrator, realm } from './wire.ts'

/** Compares a transaction, as an administrator reads it, with the record and its feed; now, and again later. */
export async function checkTransaction(stage: Stage, record: TransactionRecord, watch: Watch): Promise<void> {
  const { client } = stage
  const { reference } = (await watch.snapshot) ?? {}
  // Cancelled before the first connection worked, so its reference is unknown.
  if (reference === undefined) return
  const check = async () => {
    const state = await readFinalState(stage, reference)
    if (state === undefined) {
      const seen = 'the transaction is gone'
      return client.book.found([problem('an acknowledged completion is lost', seen)])
    }
    client.book.found([
      ...transactionProblems(record, state),
      ...feedProblems(watch.connections, watch.hasEnded ? lastNumber(state) : 0),
    ])
  }
  await check()
  stage.later(check)
}

async function readFinalState(
  { client, administrator }: Stage,
  reference: string,
): Promise<FinalState | undefined> {
  const path = `${realm}/backchannel-transactions/${reference}`
  const { status, body } = await client.ask(asAdministrator(administrator, { method: 'GET', path }))
  if (status !== 200) return undefined
  const timeline = body.timeline as JsonObject[]
  const events = timeline.filter(({ kind }) => kind !== 'created' && kind !== 'expired')
  return {
    numbers: events.map(({ sequence }) => Number(sequence)),
    kinds: events.map(({ kind }) => String(kind)),
  }
}

/** The last sequence number of a feed: that of the result. A cancelled transaction may be gone before its feed reports it. */
function lastNumber({ kinds, numbers }: FinalState): number {
  return numbers[kinds.findIndex((kind) => ['approved', 'denied', 'notMe'].includes(kind))] ?? 0
}

/** Checks that a new session exists, now and later. */
export async function checkSession({ client, later }: Stage, token: string): Promise<void> {
  later(async () => {
    const { body } = await client.ask({
      path: `${realm}/sessions?_action=validate`,
      body: {},
      headers: { 'accept-api-version': 'resource=2.1, protocol=1.0', iplanetdirectorypro: token },
    })
    const isThere = body.valid === true
    client.book.found(isThere ? [] : [problem('an acknowledged completion is lost', 'an issued session')])
  })
}
