import type { ApprovalChange } from '../../src/help-desk/approvals/approval.ts'
import { grantStateOf } from '../../src/help-desk/checks/grant.ts'
import { endingOf } from '../../src/help-desk/transactions/transaction-status.ts'
import { start } from '../../src/store/contract/examples.ts'
import { pausedUntil as endOfPause, isRecent, open } from './conditions.ts'
import { approvalOf, openingOf, party, realm, requirement, transactionOf } from './examples.ts'
import {
  answer,
  applied,
  change,
  checkOf,
  code,
  list,
  notification,
  type Operation,
  pauseMinutes,
  personOf,
  reject,
  step,
  use,
  withdraw,
} from './operation.ts'

const queued = { realm, createdAt: 0, attempts: 0, dueAt: 0, body: 'sealed' }
const spoken = { channel: 'spoken', link: 'sealed', realm } as const

const send = (id: string) =>
  change('send', ({ transactions }, who) =>
    transactions.send(who.id, { to: 'a', queued: { ...queued, id, route: 'settings' } }),
  )

function sendMessage(id: string): Operation {
  const message = { ...queued, id, tokenHash: id, state: 'queued', channel: 'sms', expiresAt: 0 } as const
  return change('sendMessage', ({ transactions }, who) =>
    transactions.sendMessage(who.id, { to: 'a', channel: 'sms', queued: message }),
  )
}

/** @param to the id of a colleague; empty for the team. */
const offer = (to: string) =>
  change('offer', ({ transactions }, { id, by }) => transactions.offer(id, by, to ? party(to) : null), { to })

/** From the agent `dana`. */
const takeOver = (rule: 'takeOver' | 'acceptOffer') =>
  change(
    rule,
    ({ transactions }, { id, by }) =>
      transactions.takeOver(id, { from: party('dana'), to: party(by), isOffered: rule === 'acceptOffer' }),
    { by: 'dana' },
  )

const readRejection = (rule: string, as: 'agent' | 'lead') =>
  change(rule, ({ transactions }, { id, by }) => transactions.readRejection(id, party(by), as))

const issue = (mac: string) =>
  change('issue', ({ shortCodes, now }, { id }) => shortCodes.issue({ ...spoken, idHash: id, mac }, now()), {
    key: mac,
  })

/** The page where a caller types a short code finds its check. */
const redeem = change(
  'redeem',
  async ({ shortCodes, now }) => {
    const found = await shortCodes.find('m1')
    if (found === undefined || found.idHash === 'c2') return false
    return shortCodes.redeem({ ...spoken, idHash: found.idHash, mac: 'm1' }, now())
  },
  { key: 'm1' },
)

/** A step of the front journey. @param session of another journey. */
function request(kind: 'cancel' | 'use', session?: string): Operation {
  return {
    rules: [`${kind}Request`],
    asked: { session },
    run: async ({ save, now }, { id }) => {
      const asked: ApprovalChange = { kind, id, journeySession: session ?? `front-${id}`, now: now() }
      return (await save(asked)).kind
    },
  }
}

/** Asks for an approval, in a front journey that may have asked before. */
function ask(to: string, journeySession: string): Operation {
  return {
    rules: ['ask'],
    asked: { session: journeySession, to },
    async run({ save, now }) {
      const at = now()
      const approval = approvalOf(to, { journeySession, createdAt: at, expiresAt: at + 180_000 })
      return (await save({ kind: 'ask', approval })).kind
    },
  }
}

/** By name. Names are the arrows of the diagrams. */
const operations: Readonly<Record<string, Operation>> = {
  see: change('see', ({ transactions }, { id }) => transactions.see(id)),
  confirm: change('confirm', ({ transactions }, { id }) => transactions.confirm(id)),
  start: applied('start', ({ id }, now) => ({ kind: 'start', idHash: id, now })),
  approve: step('approve', 'j1'),
  approveElsewhere: step('approve', 'j2'),
  approveUnbound: step('approveUnbound', 'j2'),
  fail: step('fail', 'j2'),
  wrongPerson: applied('wrongPerson', ({ id }, now) => ({
    ...{ kind: 'wrongPerson', idHash: id, now, isFinal: true },
  })),
  alsoChecked: applied('alsoChecked', ({ id, by }, now) => ({
    kind: 'alsoChecked',
    idHash: id,
    now,
    agent: by,
  })),
  notMe: reject('notMe'),
  calledMe: reject('calledMe'),
  codeRight: code('codeRight', 'k1'),
  codeWrong: code('codeWrong', 'k2'),
  codeWrong2: code('codeWrong', 'k3'),
  codeWrong3: code('codeWrong', 'k4'),
  notify: notification('n1'),
  notifyAgain: notification('n2'),
  /** Reads what the desk shows: how the check ended, and whether its result can be used. */
  poll: {
    rules: [],
    async run(desk, { id }) {
      const at = desk.now()
      const check = await checkOf(desk, id)
      if (check === undefined) return 'unknown'
      const pausedUntil = await desk.verifications.pausedUntil(realm, personOf(id), pauseMinutes)
      const { transaction, verification } = check
      const grant = grantStateOf(transaction, verification, { requirement, pausedUntil }, at)
      return `${endingOf(transaction, at) ?? 'open'} ${grant.state}`
    },
  },
  use: use(false),
  useAtOnce: use(true),
  withdraw: withdraw(false),
  withdrawAsLead: withdraw(true),
  cancel: change('cancel', ({ transactions }, { id }) => transactions.cancel(id)),
  cancelOwn: applied('cancelOwn', ({ id, by }, now) => ({ kind: 'cancel', idHash: id, now, agentId: by })),
  offer: offer('kim'),
  offerTeam: offer(''),
  offerBack: offer('dana'),
  withdrawOffer: change('withdrawOffer', ({ transactions }, { id, by }) =>
    transactions.withdrawOffer(id, by),
  ),
  accept: takeOver('acceptOffer'),
  takeOver: takeOver('takeOver'),
  readRejection: readRejection('readAsAgent', 'agent'),
  readAsLead: readRejection('readAsLead', 'lead'),
  liftPause: change('liftPause', ({ verifications }, { id }) =>
    verifications.liftPause(realm, personOf(id), { by: 'lead', reason: 'called back' }),
  ),
  pause: {
    rules: [],
    run: async ({ verifications }, { id }) =>
      String(await verifications.pausedUntil(realm, personOf(id), pauseMinutes)),
    answers: (_did, all, { id, now }) => [String(endOfPause(all, id, now))],
  },
  listOpen: list(
    async ({ transactions }) => (await transactions.openAbout(realm, 'person')).map(({ idHash }) => idHash),
    open,
  ),
  listUsable: list(
    ({ transactionStore, now }) => transactionStore.usableAbout(realm, 'person', now()),
    isRecent,
  ),
  listNewest: list(
    async ({ transactionStore }) =>
      (await transactionStore.newestAbout(realm, 'person', start - 1, 10)).map(
        (each) => each.transaction.idHash,
      ),
    (one) => one.id_hash !== 'b5',
  ),
  send: send('one'),
  sendAgain: send('two'),
  sendMessage: sendMessage('three'),
  sendMessageAgain: sendMessage('four'),
  issue: issue('m2'),
  issueSame: issue('m1'),
  redeem,
  approveRequest: answer('approved'),
  declineRequest: answer('declined'),
  askAgain: ask('a9', 'front-a1'),
  askElsewhere: ask('a8', 'front-a0'),
  cancelRequest: request('cancel'),
  cancelAnother: request('cancel', 'another'),
  useRequest: request('use'),
  useAnother: request('use', 'another'),
  renewAndRelease: {
    rules: ['claim', 'renew', 'release'],
    isStep: true,
    asked: { session: 'j1' },
    async run({ steps, transactions, now }, { id, owner }) {
      const at = now()
      const claim = await steps.claim('j1', 1, owner, at, at + 6000)
      if (claim.kind !== 'claimed') return claim.kind
      // Its nodes take their time, before the claim is renewed and after it.
      await transactions.read(id)
      await steps.renew('j1', owner, now() + 6000)
      await transactions.read(id)
      await steps.release('j1', owner)
      return 'released'
    },
  },
  forget: {
    rules: ['forget'],
    run: async ({ steps, now }, { id }) => {
      await steps.drop(id, now())
      return 'done'
    },
  },
  open: {
    rules: ['open'],
    run: ({ steps, now }, { id, by }) => {
      const at = now()
      return steps.commit(openingOf(transactionOf(id, by, { createdAt: at, expiresAt: at + 180_000 }), at))
    },
    answers: () => ['committed', 'claim'],
  },
}

/** @param word the name of an operation, and a check. */
export function operationOf(word: string): Operation {
  const operation = operations[word.split(' ')[0] ?? '']
  if (operation === undefined) throw new Error(`There is no operation "${word}".`)
  return operation
}
