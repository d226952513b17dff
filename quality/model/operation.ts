import { grantStateOf, requirementFor } from '../../src/help-desk/checks/grant.ts'
import type { Rejection, TransactionChange } from '../../src/help-desk/transactions/transaction.ts'
import type { StepCommit } from '../../src/runtime/step-store.ts'
import { exampleCommit } from '../../src/store/contract/examples.ts'
import { type Asked, isAbout, type When } from './conditions.ts'
import { party, realm, requirement } from './examples.ts'
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
  /** Which answers are right; none for any. @param did whether each write changed something. @param all after the last request. */
  answers?: ((did: readonly boolean[], all: Things, asked: Asked) => readonly string[]) | undefined
}

export const pauseMinutes = 30
const yes = 'yes'

/** The check `c3` is about a caller who reported another one before. */
export const personOf = (id: string) => (id === 'c3' ? 'victim' : 'person')

/** One change, of which the answer says whether it was made. */
export function change(
  rule: string,
  run: (desk: Desk, who: Who) => Promise<boolean>,
  asked: Partial<Asked> = {},
): Operation {
  return {
    ...{ rules: [rule], asked },
    run: async (desk, who) => ((await run(desk, who)) ? yes : 'no'),
    answers: ([did = false]) => [did ? yes : 'no'],
  }
}

/** A change of a journey, whose answer doesn't say whether it was made. */
export function applied(rule: string, changeOf: (who: Who, now: number) => TransactionChange): Operation {
  const run = ({ transactions, now }: Desk, who: Who) => transactions.apply([changeOf(who, now())])
  return { ...change(rule, run, { key: rule }), answers: () => [yes] }
}

/** A journey's last step, of which a repeated request gets the first answer. */
export function step(rule: 'approve' | 'approveUnbound' | 'fail', session: string): Operation {
  return {
    rules: ['claim'],
    isStep: true,
    asked: { session },
    async run({ steps, transactions, now, means }, { id, owner }) {
      // Its link exists only once the check is open.
      if (id === 'c9' && (await transactions.read(id)) === undefined) return 'unknown'
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
        const approval = { sessionProperties: {}, reportedAfter: at - pauseMinutes * 60_000 }
        const success: Partial<StepCommit> = {
          transactions: [{ kind: 'complete', ...moment, ...approval }],
          verifications: [{ kind: 'prove', idHash: id, ...proof }],
        }
        const failure: Partial<StepCommit> = { transactions: [{ kind: 'deny', ...moment }] }
        const ended = await end(rule, rule === 'fail' ? failure : success)
        if (ended !== 'transaction') return ended
      }
      // Another journey completed the transaction first: the journey fails.
      return end('unable', {})
    },
    answers({ length }, all) {
      const { step, body } = all[session] ?? { step: 2, body: 'unknown' }
      return length === 0 ? [] : [String(step === 2 ? body : 'busy'), 'claim']
    },
  }
}

export function reject(reason: Rejection): Operation {
  return {
    rules: ['reject', 'rejectLate'],
    asked: { key: reason },
    run: async ({ transactions }, { id }) => (await transactions.reject(id, reason)) ?? 'gone',
    answers: ([denied, late]) => (denied ? ['denied'] : late ? ['late'] : ['again', 'gone']),
  }
}

/** A write with a key, of which a repeated request gets the first answer. */
function keyed(rule: string, key: string, right: readonly string[], run: Operation['run']): Operation {
  return {
    ...{ rules: [rule], asked: { key }, isOptimistic: true, run },
    answers(did, all, asked) {
      if (did.includes(true)) return right
      const isOver = keysOf(all[asked.id] ?? {}).includes(key) || machine[rule]?.(all, asked) === undefined
      return isOver ? [] : ['a change']
    },
  }
}

export function code(rule: 'codeRight' | 'codeWrong', key: string): Operation {
  // Another attempt may have been counted since.
  const right = rule === 'codeRight' ? ['right'] : [0, 1, 2].map((left) => `wrong, ${left} left`)
  return keyed(rule, key, right, async ({ verifications }, { id }) => {
    const counted = await verifications.typeCode(id, key, rule === 'codeRight' ? '123456' : '000000')
    return counted.kind === 'wrong' ? `wrong, ${counted.triesLeft} left` : counted.kind
  })
}

/** An event without a state. */
export function notification(key: string): Operation {
  const notified = keyed('notify', key, [yes], async ({ transactionStore, now }, { id }) => {
    return (await transactionStore.notify(id, key, { [key]: id }, now())) === undefined ? 'gone' : yes
  })
  return {
    ...notified,
    answers: (did, all, asked) =>
      keysOf(all[asked.id] ?? {}).includes(key) ? [yes] : (notified.answers?.(did, all, asked) ?? []),
  }
}

/** The transaction and verification of a check, which routes read before they change it. */
export async function checkOf({ transactions, verifications }: Desk, id: string) {
  const transaction = await transactions.read(id)
  const verification = await verifications.read(id)
  return transaction && verification && { transaction, verification }
}

/** @param isSure uses the result even if the desk would not, so that storage alone decides. */
export function use(isSure: boolean): Operation {
  return {
    rules: ['use'],
    async run(desk, { id, by }) {
      const { verifications, now } = desk
      const check = await checkOf(desk, id)
      if (check === undefined) return 'unknown'
      const needed = requirementFor(check.verification, check.transaction, requirement)
      if (!isSure) {
        const pausedUntil = await verifications.pausedUntil(realm, personOf(id), pauseMinutes)
        const circumstances = { requirement, pausedUntil }
        const { state } = grantStateOf(check.transaction, check.verification, circumstances, now())
        if (state !== 'ready') return state
      }
      const user = { id: by, agent: by, key: `${by}s` }
      if (await verifications.use(check, user, needed, { pauseMinutes })) return yes
      const used = await verifications.read(id)
      return used?.usedKey === user.key ? 'again' : 'no'
    },
    answers: ([did], all, { id, by }) =>
      did === undefined ? [] : [did ? yes : all[id]?.used_key === `${by}s` ? 'again' : 'no'],
  }
}

export function withdraw(isLead: boolean): Operation {
  return change(isLead ? 'withdraw' : 'withdrawOwn', async (desk, { id, by }) => {
    const check = await checkOf(desk, id)
    if (check === undefined) return false
    const withdrawer = { id: by, displayName: by, agent: isLead ? undefined : by }
    return desk.verifications.withdraw(check.transaction, check.verification, withdrawer)
  })
}

/** An answer to a request to second agents. */
export function answer(state: 'approved' | 'declined'): Operation {
  const given =
    state === 'approved' ? ({ kind: 'approve' } as const) : ({ kind: 'decline', reason: undefined } as const)
  return {
    rules: ['answer'],
    asked: { key: state },
    run: async ({ approvals }, { id, by }) =>
      (await approvals.answer(realm, id, { ...party(by), realm, isAgent: true }, given)).kind,
    answers: ([did]) => (did === undefined ? ['unknown'] : [did ? 'answered' : 'over']),
  }
}

/** A list of checks about a person, and the condition for its members. */
export function list(read: (desk: Desk) => Promise<readonly string[]>, isMember: When): Operation {
  const text = (ids: readonly string[]) => ids.toSorted().join(' ') || 'none'
  return {
    rules: [],
    run: async (desk) => text(await read(desk)),
    answers(_, all, asked) {
      const holds = (one: Things[string]) =>
        one.realm === realm && isAbout(one, 'person') && isMember(one, asked, all)
      return [text(Object.keys(all).filter((id) => holds(all[id] ?? {})))]
    },
  }
}
