import type { Approval, ApprovalChange } from '../../src/help-desk/approvals/approval.ts'
import { grantStateOf, requirementFor } from '../../src/help-desk/checks/grant.ts'
import { noRequirement, type Requirement } from '../../src/help-desk/checks/requirement.ts'
import { noPurpose } from '../../src/help-desk/transactions/purpose.ts'
import type { Rejection } from '../../src/help-desk/transactions/transaction.ts'
import { endingOf } from '../../src/help-desk/transactions/transaction-status.ts'
import type { StepCommit } from '../../src/runtime/step-store.ts'
import { exampleCommit, start } from '../../src/store/contract/examples.ts'
import { type Asked, pausedUntil as endOfPause } from './conditions.ts'
import { machine } from './machine.ts'
import { keysOf, type Things } from './rows.ts'
import type { Desk } from './world.ts'

/** A person, and a check. `owner` names the request; another one after a crash. */
export type Who = { by: string; id: string; owner: string }

/** An operation of a client, as the product's routes and journeys do it. */
export type Operation = {
  run(desk: Desk, who: Who): Promise<string>
  /** The rules of its writes in order; the last one stands for further ones. */
  rules: readonly string[]
  /** The step of a journey, which can take its time and reads the clock again before it saves. */
  isStep?: boolean
  /** Writes only if the rows are as it read them; otherwise it reads again. */
  isOptimistic?: boolean
  asked?: Partial<Asked>
  /** Which answers are right. @param did whether each write changed something. @param all after the last request. */
  answers?: ((did: readonly boolean[], all: Things, asked: Asked) => readonly string[]) | undefined
}

export const realm = '/alpha'
export const requirement: Requirement = { ...noRequirement, delayMinutes: 1, because: ['Delay'] }
export const purpose = { ...noPurpose, action: 'Reset the password' }
const pauseMinutes = 30
const pauseMs = pauseMinutes * 60_000
const party = (id: string) => ({ id, name: id })

/** A request to second agents, as the front journey saves it. */
export function approvalOf(id: string, change: Partial<Approval> = {}): Approval {
  return {
    id,
    realm,
    journeySession: `front-${id}`,
    journey: 'Front',
    requestedBy: party('dana'),
    subject: party('person'),
    purpose,
    state: 'waiting',
    createdAt: start,
    expiresAt: start + 180_000,
    ...change,
  }
}

/** The check `c3` is about a caller who reported another one before. */
const personOf = (id: string) => (id === 'c3' ? 'victim' : 'person')

const yes = 'yes'
const said = async (done: Promise<boolean>) => ((await done) ? yes : 'no')
const asDid: Operation['answers'] = ([did = false]) => [did ? yes : 'no']

function change(rule: string, run: Operation['run'], asked: Partial<Asked> = {}): Operation {
  return { run, rules: [rule], asked, answers: asDid }
}

/** A journey's last step, of which a repeated request gets the first answer. */
function step(rule: 'approve' | 'approveUnbound' | 'fail', session: string): Operation {
  return {
    rules: ['claim'],
    isStep: true,
    asked: { session },
    async run({ steps, transactions, now, means }, { id, owner }) {
      const at = now()
      const claim = await steps.claim(session, 1, owner, at, at + 6000)
      if (claim.kind === 'busy' || claim.kind === 'unknown') return claim.kind
      if (claim.kind === 'moved') return claim.session.body
      const found = await transactions.findByHash(realm, id)
      const moment = { idHash: id, now: now() }
      const end = async (kind: typeof rule | 'unable', ending: Partial<StepCommit>) => {
        means(kind)
        const outcome = kind.startsWith('approve') ? 'success' : 'failure'
        const body = kind === 'unable' ? 'unable' : outcome
        const ended = { ...claim.session, step: 2, body, outcome } as const
        const commit = exampleCommit(ended, { claimed: { step: 1, owner }, now: moment.now, ...ending })
        const committed = await steps.commit(commit)
        return committed === 'committed' ? body : committed
      }
      if (found !== undefined && found.state !== 'COMPLETED') {
        const proof = { isBound: rule === 'approve', methods: ['pwd'], level: 3 } as const
        const success: Partial<StepCommit> = {
          transactions: [{ kind: 'complete', ...moment, sessionProperties: {}, reportedAfter: at - pauseMs }],
          verifications: [{ kind: 'prove', idHash: id, ...proof }],
        }
        const failure: Partial<StepCommit> = { transactions: [{ kind: 'deny', ...moment }] }
        const ended = await end(rule, rule === 'fail' ? failure : success)
        if (ended !== 'transaction') return ended
      }
      // Another journey completed the transaction first: the journey fails.
      return end('unable', {})
    },
    answers: (_, all) => [String(all[session]?.step === 2 ? all[session]?.body : 'busy'), 'claim'],
  }
}

const reject = (reason: Rejection): Operation => ({
  rules: ['reject', 'rejectLate'],
  asked: { key: reason },
  run: async ({ transactions }, { id }) => (await transactions.reject(id, reason)) ?? 'gone',
  answers: ([denied, late]) => (denied ? ['denied'] : late ? ['late'] : ['again', 'gone']),
})

function code(rule: 'codeRight' | 'codeWrong', key: string): Operation {
  return {
    rules: [rule],
    asked: { key },
    isOptimistic: true,
    async run({ verifications }, { id }) {
      const counted = await verifications.typeCode(id, key, rule === 'codeRight' ? '123456' : '000000')
      return counted.kind === 'wrong' ? `wrong, ${counted.triesLeft} left` : counted.kind
    },
    answers(did, all, asked) {
      // Another attempt may have been counted since.
      const right = rule === 'codeRight' ? ['right'] : [0, 1, 2].map((left) => `wrong, ${left} left`)
      if (did.includes(true)) return right
      return keysOf(all[asked.id] ?? {}).includes(key) || machine[rule]?.(all, asked) === undefined
        ? []
        : ['counted']
    },
  }
}

/** Reads what the desk shows: how the check ended, and whether its result can be used. */
const poll: Operation = {
  rules: [],
  async run({ transactions, verifications, now }, { id }) {
    const at = now()
    const transaction = await transactions.read(id)
    const verification = await verifications.read(id)
    if (transaction === undefined || verification === undefined) return 'unknown'
    const pausedUntil = await verifications.pausedUntil(realm, 'person', pauseMinutes)
    const grant = grantStateOf(transaction, verification, { requirement, pausedUntil }, at)
    return `${endingOf(transaction, at) ?? 'open'} ${grant.state}`
  },
}

/** The transaction and verification of a check, which routes read before they change it. */
async function checkOf({ transactions, verifications }: Desk, id: string) {
  const transaction = await transactions.read(id)
  const verification = await verifications.read(id)
  if (transaction === undefined || verification === undefined) throw new Error('there is no such check')
  return { transaction, verification }
}

/** @param isSure uses the result even if the desk would not, so that storage alone decides. */
function use(isSure: boolean): Operation {
  return {
    ...change('use', async (desk, { id, by }) => {
      const { verifications, now } = desk
      const check = await checkOf(desk, id)
      const needed = requirementFor(check.verification, check.transaction, requirement)
      if (!isSure) {
        const pausedUntil = await verifications.pausedUntil(realm, personOf(id), pauseMinutes)
        const circumstances = { requirement, pausedUntil }
        const { state } = grantStateOf(check.transaction, check.verification, circumstances, now())
        if (state !== 'ready') return state
      }
      return said(verifications.use(check, { id: by, agent: by }, needed, { pauseMinutes }))
    }),
    answers: ([did]) => (did === undefined ? [] : [did ? yes : 'no']),
  }
}

function withdraw(isLead: boolean): Operation {
  return change(isLead ? 'withdraw' : 'withdrawOwn', async (desk, { id, by }) => {
    const { transaction, verification } = await checkOf(desk, id)
    const withdrawer = { id: by, displayName: by, agent: isLead ? undefined : by }
    return said(desk.verifications.withdraw(transaction, verification, withdrawer))
  })
}

function takeOver(from: string, isOffered: boolean): Operation {
  const rule = isOffered ? 'acceptOffer' : 'takeOver'
  return {
    ...change(rule, ({ transactions }, { id, by }) =>
      said(transactions.takeOver(id, { from: party(from), to: party(by), isOffered })),
    ),
    asked: { by: from },
  }
}

function answer(state: 'approved' | 'declined'): Operation {
  return {
    rules: ['answer'],
    asked: { key: state },
    async run({ approvals }, { id, by }) {
      const approver = { ...party(by), realm, isAgent: true }
      const given =
        state === 'approved'
          ? ({ kind: 'approve' } as const)
          : ({ kind: 'decline', reason: undefined } as const)
      return (await approvals.answer(realm, id, approver, given)).kind
    },
    answers: ([did]) => (did === undefined ? ['unknown'] : [did ? 'answered' : 'over']),
  }
}

/** By name. Names are the arrows of the diagrams. */
export const operations: Readonly<Record<string, Operation>> = {
  see: change('see', ({ transactions }, { id }) => said(transactions.see(id))),
  confirm: change('confirm', ({ transactions }, { id }) => said(transactions.confirm(id))),
  start: {
    ...change('start', ({ transactions, now }, { id }) =>
      said(transactions.apply([{ kind: 'start', idHash: id, now: now() }])),
    ),
    answers: () => [yes],
  },
  approve: step('approve', 'j1'),
  approveElsewhere: step('approve', 'j2'),
  approveAgain: step('approve', 'j1'),
  approveUnbound: step('approveUnbound', 'j2'),
  fail: step('fail', 'j2'),
  wrongPerson: {
    ...change('wrongPerson', ({ transactions, now }, { id }) =>
      said(transactions.apply([{ kind: 'wrongPerson', idHash: id, now: now(), isFinal: true }])),
    ),
    answers: () => [yes],
  },
  notMe: reject('notMe'),
  calledMe: reject('calledMe'),
  codeRight: code('codeRight', 'k1'),
  codeWrong: code('codeWrong', 'k2'),
  codeWrongAgain: code('codeWrong', 'k2'),
  codeWrong2: code('codeWrong', 'k3'),
  codeWrong3: code('codeWrong', 'k4'),
  codeWrong4: code('codeWrong', 'k5'),
  poll,
  use: use(false),
  useAtOnce: use(true),
  withdraw: withdraw(false),
  withdrawAsLead: withdraw(true),
  cancel: change('cancel', ({ transactions }, { id }) => said(transactions.cancel(id))),
  cancelOwn: {
    ...change('cancelOwn', ({ transactions, now }, { id, by }) =>
      said(transactions.apply([{ kind: 'cancel', idHash: id, now: now(), agentId: by }])),
    ),
    answers: () => [yes],
  },
  offer: change('offer', ({ transactions }, { id, by }) => said(transactions.offer(id, by, party('kim'))), {
    to: 'kim',
  }),
  offerTeam: change('offer', ({ transactions }, { id, by }) => said(transactions.offer(id, by, null)), {
    to: '',
  }),
  offerBack: change(
    'offer',
    ({ transactions }, { id, by }) => said(transactions.offer(id, by, party('dana'))),
    {
      to: 'dana',
    },
  ),
  withdrawOffer: change('withdrawOffer', ({ transactions }, { id, by }) =>
    said(transactions.withdrawOffer(id, by)),
  ),
  accept: takeOver('dana', true),
  takeOver: takeOver('dana', false),
  takeBack: takeOver('kim', false),
  readRejection: change('readAsAgent', ({ transactions }, { id, by }) =>
    said(transactions.readRejection(id, party(by), 'agent')),
  ),
  readAsLead: change('readAsLead', ({ transactions }, { id, by }) =>
    said(transactions.readRejection(id, party(by), 'lead')),
  ),
  liftPause: change('liftPause', ({ verifications }, { id }) =>
    said(verifications.liftPause(realm, personOf(id), { by: 'lead', reason: 'called back' })),
  ),
  pause: {
    rules: [],
    async run({ verifications }, { id }) {
      const until = await verifications.pausedUntil(realm, personOf(id), pauseMinutes)
      return until === undefined ? 'no' : String(until)
    },
    answers: (_did, all, { id, now }) => [String(endOfPause(all, id, now) ?? 'no')],
  },
  alsoChecked: {
    ...change(
      'note',
      ({ transactions, now }, { id }) =>
        said(transactions.apply([{ kind: 'alsoChecked', idHash: id, now: now(), agent: 'kim' }])),
      { key: 'alsoChecked' },
    ),
    answers: () => [yes],
  },
  send: change('send', (desk, who) => send(desk, who, 'one')),
  sendAgain: change('send', (desk, who) => send(desk, who, 'two')),
  sendMessage: change('sendMessage', ({ transactions }, { id }) =>
    said(transactions.sendMessage(id, { to: 'a', channel: 'sms', queued: message })),
  ),
  issue: {
    ...change(
      'issue',
      ({ shortCodes, now }, { id }) => said(shortCodes.issue({ ...spoken, idHash: id, mac: 'm2' }, now())),
      { key: 'm2' },
    ),
  },
  redeem: change('redeem', redeem, { key: 'm1' }),
  redeemAgain: change('redeem', redeem, { key: 'm1' }),
  approveRequest: answer('approved'),
  declineRequest: answer('declined'),
  askAgain: {
    ...request('ask', (_id, now) => ({
      kind: 'ask',
      approval: approvalOf('a9', { journeySession: 'front-a1', createdAt: now, expiresAt: now + 180_000 }),
    })),
    asked: { session: 'front-a1', to: 'a9' },
  },
  cancelRequest: request('cancelRequest', (id, now) => ({
    kind: 'cancel',
    id,
    journeySession: `front-${id}`,
    now,
  })),
  cancelAnother: request(
    'cancelRequest',
    (id, now) => ({ kind: 'cancel', id, journeySession: 'another', now }),
    'another',
  ),
  useRequest: request('useRequest', (id, now) => ({ kind: 'use', id, journeySession: `front-${id}`, now })),
  useAnother: request(
    'useRequest',
    (id, now) => ({ kind: 'use', id, journeySession: 'another', now }),
    'another',
  ),
}

function redeem({ shortCodes, now }: Desk, { id }: Who): Promise<string> {
  return said(shortCodes.redeem({ ...spoken, idHash: id, mac: 'm1' }, now()))
}

/** A step of the front journey. */
function request(
  rule: string,
  changeOf: (id: string, now: number) => ApprovalChange,
  session?: string,
): Operation {
  return {
    rules: [rule],
    asked: { session },
    run: async ({ save, now }, { id }) => (await save(changeOf(id, now()))).kind,
  }
}

const spoken = { channel: 'spoken', link: 'sealed', realm } as const
const queued = { realm, createdAt: 0, attempts: 0, dueAt: 0 }
const message = {
  ...queued,
  ...({
    id: 'message',
    channel: 'sms',
    body: 'sealed',
    state: 'queued',
    tokenHash: '',
    expiresAt: 0,
  } as const),
}

function send({ transactions }: Desk, { id }: Who, mail: string): Promise<string> {
  return said(
    transactions.send(id, { to: 'a', queued: { ...queued, id: mail, route: 'settings', body: 'sealed' } }),
  )
}

/** @param word the name of an operation, and a check. */
export function operationOf(word: string): Operation {
  const operation = operations[word.split(' ')[0] ?? '']
  if (operation === undefined) throw new Error(`There is no operation "${word}".`)
  return operation
}
