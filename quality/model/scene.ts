import type { Transaction } from '../../src/help-desk/transactions/transaction.ts'
import { webhookEvents } from '../../src/help-desk/webhooks/webhook.ts'
import { exampleCommit, exampleJourneySession, start } from '../../src/store/contract/examples.ts'
import { approvalOf, openingOf, party, purpose, realm, transactionOf } from './examples.ts'
import type { Content } from './rows.ts'
import { type Desk, World } from './world.ts'

async function open(desk: Desk, transaction: Transaction): Promise<void> {
  const { idHash } = transaction
  const committed = await desk.steps.commit(openingOf(transaction, start))
  if (committed !== 'committed') throw new Error(committed)
  await desk.shortCodes.issue(
    { idHash, channel: 'spoken', mac: idHash === 'c1' ? 'm1' : `m-${idHash}`, link: 'sealed' },
    start,
  )
}

/** A step without a claim, as the first of a journey. */
async function commit(
  desk: Desk,
  idHash: string,
  change: Parameters<typeof exampleCommit>[1],
): Promise<void> {
  const committed = await desk.steps.commit(exampleCommit(exampleJourneySession({ idHash, step: 7 }), change))
  if (committed !== 'committed') throw new Error(committed)
}

async function approve(desk: Desk, idHash: string): Promise<void> {
  await commit(desk, `done-${idHash}`, {
    transactions: [{ kind: 'complete', idHash, now: start, sessionProperties: {}, reportedAfter: start }],
    verifications: [{ kind: 'prove', idHash, isBound: true, methods: ['pwd'], level: 3 }],
  })
}

/**
 * Two checks of one person, a request to second agents, and rows that nothing may touch: of another realm in each state, and a
 * report by another person.
 */
async function fill(desk: Desk): Promise<string> {
  const hook = {
    realm,
    url: 'https://tickets.example.com',
    events: [...webhookEvents],
    secret: 'sealed',
    createdAt: start,
  }
  await desk.webhooks.save({ ...hook, id: 'hook', enabled: true })
  await desk.webhooks.save({ ...hook, id: 'off', enabled: false })
  const other = { realm: '/beta' }
  // Others come first, so that a query without its condition finds them.
  for (const id of ['b1', 'b2', 'b3']) await open(desk, transactionOf(id, 'dana', other))
  await open(desk, transactionOf('b4', 'dana', { subject: { kind: 'user', ...party('other') } }))
  await open(desk, transactionOf('b5', 'dana', { createdAt: start - 1000 }))
  await open(desk, transactionOf('c1', 'dana'))
  await open(desk, transactionOf('c2', 'kim'))
  await desk.transactions.offer('b1', 'dana', null)
  await approve(desk, 'b2')
  await desk.transactions.reject('b3')
  await desk.transactions.reject('b4')
  const victim = { subject: { kind: 'user', ...party('victim') } } as const
  await open(desk, transactionOf('c4', 'kim', victim))
  await desk.transactions.reject('c4')
  await open(desk, transactionOf('c3', 'dana', victim))
  const manager = { subject: { kind: 'user', ...party('manager') } } as const
  const vouching = { ...purpose, vouchFor: 'person', vouchForId: 'person' }
  await open(desk, transactionOf('c5', 'dana', { ...manager, purpose: vouching }))
  for (const [id, place] of [
    ['a0', realm],
    ['a2', '/beta'],
    ['a1', realm],
  ] as const) {
    await commit(desk, `asks-${id}`, {
      approvals: [{ kind: 'ask', approval: approvalOf(id, { realm: place }) }],
    })
  }
  const ended = { step: 1, outcome: 'failure' } as const
  const sessions = { j1: { step: 1 }, j2: { step: 1 }, j3: { step: 2 }, j4: ended }
  for (const [idHash, session] of Object.entries(sessions)) {
    await desk.steps.commit(exampleCommit(exampleJourneySession({ idHash, body: 'page', ...session })))
  }
  return ''
}

/** Where every exploration begins. `start` is in epoch milliseconds. */
export type Scene = { world: World; content: Content; start: number }

export async function newScene(): Promise<Scene> {
  const world = await World.create()
  return { world, content: await world.complete(fill, world.content, start), start }
}
