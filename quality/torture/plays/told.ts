import type { JsonObject } from '../../../src/engine/json.ts'
import { feedProblems } from '../record/feed.ts'
import { problem } from '../record/problem.ts'
import { type Told, type TransactionRecord, transactionProblems } from '../record/transaction.ts'
import type { Stage } from './stage.ts'
import type { Watch } from './watch.ts'
import { asAdministrator, realm } from './wire.ts'

/** Holds what an administrator reads of a transaction against the record and what its feed told; now, and again later. */
export async function checkTold(stage: Stage, record: TransactionRecord, watch: Watch): Promise<void> {
  const { client } = stage
  const { reference } = (await watch.snapshot) ?? {}
  // Cancelled before the first connection held: nobody was told its name.
  if (reference === undefined) return
  const check = async () => {
    const told = await readTold(stage, reference)
    if (told === undefined) {
      const seen = 'the transaction is not there any more'
      return client.book.found([problem('an acknowledged completion is lost', seen)])
    }
    client.book.found([
      ...transactionProblems(record, told),
      ...feedProblems(watch.connections, watch.hasEnded ? lastHeard(told) : 0),
    ])
  }
  await check()
  stage.later(check)
}

async function readTold({ client, administrator }: Stage, reference: string): Promise<Told | undefined> {
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

/** The number with which a feed ends: that of the result. One that is cancelled may be gone before its feed says so. */
function lastHeard({ kinds, numbers }: Told): number {
  return numbers[kinds.findIndex((kind) => ['approved', 'denied', 'notMe'].includes(kind))] ?? 0
}

/** A session that was given out is there, later too. */
export async function checkSession({ client, later }: Stage, token: string): Promise<void> {
  later(async () => {
    const { body } = await client.ask({
      path: `${realm}/sessions?_action=validate`,
      body: {},
      headers: { 'accept-api-version': 'resource=2.1, protocol=1.0', iplanetdirectorypro: token },
    })
    const isThere = body.valid === true
    client.book.found(
      isThere ? [] : [problem('an acknowledged completion is lost', 'a session that was given')],
    )
  })
}
