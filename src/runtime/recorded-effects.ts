import { isDeepStrictEqual } from 'node:util'
import type { WatchedRun } from '../engine/recorded-step.ts'
import { isCheck } from '../help-desk/checks/verification.ts'
import type { TransactionChange } from '../help-desk/transactions/transaction.ts'
import type { Identity } from '../people/identity.ts'
import type { RunContext } from './run-context.ts'
import type { SavedRun } from './saved-run.ts'

type Effects = NonNullable<WatchedRun['effects']>
type ChangedPerson = Effects['people'][number]

/** Adds the people that a step changes and the emails that it sends to the record of a watched run: names, and no values. */
export async function withRecordedEffects(
  run: RunContext,
  { saved, transactions }: { saved: SavedRun; transactions: readonly TransactionChange[] },
): Promise<SavedRun> {
  const { watch } = saved
  if (watch === undefined) return saved
  const { people = [], mails = [] } = watch.effects ?? {}
  const changed = await Promise.all(
    run.effects.changedPeople.map(async ({ id, to }) =>
      changeOf(await run.world.readIdentity(run.step.request.realm.path, id), to),
    ),
  )
  const sent = run.effects.mails.flatMap(({ to }) => to)
  const told = await Promise.all(transactions.map((change) => noticeOf(run, change)))
  const effects = {
    people: merged([...people, ...changed.flat()]),
    mails: [...mails, ...sent, ...told.flat()],
  }
  return { ...saved, watch: { ...watch, effects } }
}

function changeOf(before: Identity | undefined, to: Omit<Identity, 'rev' | 'failures'>): ChangedPerson[] {
  const { mail } = before?.attributes ?? to.attributes
  const names = { userName: to.userName, ...(typeof mail === 'string' ? { mail } : {}) }
  const attributes = Object.keys({ ...before?.attributes, ...to.attributes }).filter(
    (name) => !isDeepStrictEqual(before?.attributes[name], to.attributes[name]),
  )
  const others = [
    ...(before?.isActive === to.isActive ? [] : ['accountStatus']),
    ...(before?.passwordHash === to.passwordHash ? [] : ['password']),
  ]
  if (before === undefined) return [{ ...names, attributes: [] }]
  const all = [...attributes, ...others]
  return all.length === 0 ? [] : [{ ...names, attributes: all }]
}

function merged(people: readonly ChangedPerson[]): ChangedPerson[] {
  const byName = Map.groupBy(people, ({ userName }) => userName)
  return [...byName.values()].flatMap((changes) => {
    const [first] = changes
    const attributes = [...new Set(changes.flatMap((change) => change.attributes))]
    return first === undefined ? [] : [{ ...first, attributes }]
  })
}

/** The addresses to which storage sends notices when a check is approved. */
async function noticeOf({ world, step }: RunContext, change: TransactionChange): Promise<string[]> {
  const { path, settings } = step.request.realm
  if (change.kind !== 'complete') return []
  const transaction = await world.transactions.read(change.idHash)
  if (transaction === undefined || !isCheck(transaction)) return []
  const { subject, purpose } = transaction
  const { checkApproved, vouchApproved } = settings.notices
  const people = [checkApproved && subject.id, vouchApproved && purpose.vouchForId].filter(Boolean)
  const read = people.map(async (id) => (await world.readIdentity(path, String(id)))?.attributes.mail)
  return (await Promise.all(read)).filter((mail) => typeof mail === 'string')
}
