import { type Transaction, unknownOpener } from '../../src/help-desk/transactions/transaction.ts'
import { webhookEvents } from '../../src/help-desk/webhooks/webhook.ts'
import {
  exampleCommit,
  exampleJourneySession,
  exampleTransaction,
  start,
} from '../../src/store/contract/examples.ts'
import { approvalOf, purpose, realm, requirement } from './operations.ts'
import type { Content } from './rows.ts'
import { type Desk, World } from './world.ts'

const lifeMs = 180_000
const codes = JSON.stringify({ code: '123456', reverseCode: 'C2D3' })
const party = (id: string) => ({ id, name: id })

function transactionOf(idHash: string, agent: string, change: Partial<Transaction> = {}): Transaction {
  return exampleTransaction({
    idHash,
    reference: `ref-${idHash}`,
    openedBy: { ...unknownOpener, agent: party(agent), isHelpDesk: true },
    purpose,
    data: {},
    allowRetry: false,
    expiresAt: start + lifeMs,
    ...change,
  })
}

async function open(desk: Desk, transaction: Transaction): Promise<void> {
  const { idHash } = transaction
  const call = {
    id: `end-${idHash}`,
    realm,
    about: 'a',
    body: '',
    source: 'sealed',
    attempts: 0,
    createdAt: start,
    dueAt: start,
  } as const
  const verification = {
    idHash,
    realm: transaction.realm,
    codes,
    triesLeft: 3,
    isBound: false,
    methods: [],
    level: 0,
    requirement,
  } as const
  await commit(desk, `front-${idHash}`, {
    transactions: [{ kind: 'create', transaction, callAtEnd: call }],
    verifications: [{ kind: 'open', verification, now: start }],
  })
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
  for (const [id, place] of [
    ['a0', realm],
    ['a2', '/beta'],
    ['a1', realm],
  ] as const) {
    await commit(desk, `asks-${id}`, {
      approvals: [{ kind: 'ask', approval: approvalOf(id, { realm: place }) }],
    })
  }
  for (const idHash of ['j1', 'j2']) {
    const session = exampleJourneySession({ idHash, step: 1, body: 'page' })
    await desk.steps.commit(exampleCommit(session))
  }
  return ''
}

/** Where every exploration begins. `start` is in epoch milliseconds. */
export type Scene = { world: World; content: Content; start: number }

export async function newScene(): Promise<Scene> {
  const world = await World.create()
  return { world, content: await world.complete(fill, world.content, start), start }
}
