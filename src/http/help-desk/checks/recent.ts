import type { AnswerOf } from '../../../../contract/endpoint.ts'
import { readRecent } from '../../../../contract/help-desk.ts'
import { notFound } from '../../../base/errors.ts'
import type { Verifications } from '../../../help-desk/checks/verifications.ts'
import { agentNameOf, agentOf, rejectionOf } from '../../../help-desk/transactions/transaction.ts'
import { endingOf, endTimeOf } from '../../../help-desk/transactions/transaction-status.ts'
import type { TransactionAbout } from '../../../help-desk/transactions/transaction-store.ts'
import type { Transactions } from '../../../help-desk/transactions/transactions.ts'
import type { Identity } from '../../../people/identity.ts'
import { type Answer, type Call, param, type Route } from '../../route.ts'
import { agentIdOf } from './visible-agent.ts'

type RecentDependencies = {
  readIdentity(realm: string, id: string): Promise<Identity | undefined>
  transactions: Pick<Transactions, 'newestAbout'>
  verifications: Pick<Verifications, 'pausedUntil'>
  now(): number
}

type Recent = AnswerOf<typeof readRecent>

const dayMs = 24 * 60 * 60_000

/** More than the limits of a person allow in a day, unless a realm raises them far. */
const maxChecks = 50

/** The last day of a person at the help desk, so that each agent knows what colleagues know. Not in AM. */
export function recentRoutes(from: RecentDependencies): Route[] {
  return [
    {
      ...readRecent,
      access: 'helpdesk',
      summary:
        'Reads the checks of a person in the last 24 hours, by any agent or client, and the pause after a report.',
      handle: (call) => recent(from, call),
    },
  ]
}

async function recent(from: RecentDependencies, call: Call): Promise<Answer> {
  const { path, settings } = call.realm
  const { pauseMinutes } = settings.helpDesk
  const person = await from.readIdentity(path, param(call, 'id'))
  if (person === undefined) throw notFound()
  const viewer = await agentIdOf(call)
  const period = Math.max(dayMs, pauseMinutes * 60_000)
  const found = await from.transactions.newestAbout(path, person.id, period, maxChecks)
  const until = await from.verifications.pausedUntil(path, person.id, pauseMinutes)
  const now = from.now()
  const isRecent = ({ transaction }: TransactionAbout) => transaction.createdAt > now - dayMs
  return {
    body: {
      checks: found.filter(isRecent).map((each) => checkOf(each, viewer, now)),
      pause: until === undefined ? null : pauseOf(found, person.id, until),
      lifts: liftsOf(found),
    } satisfies Recent,
  }
}

function checkOf(
  { transaction, usedAt }: TransactionAbout,
  viewer: string,
  now: number,
): Recent['checks'][number] {
  const { reference, purpose, createdAt, openedBy } = transaction
  return {
    reference,
    agent: agentNameOf(transaction) ?? openedBy.client ?? null,
    isOwn: agentOf(transaction)?.id === viewer,
    openedAt: createdAt,
    action: purpose.action ?? null,
    ending: endingOf(transaction, now) ?? null,
    endedAt: endTimeOf(transaction, now) ?? null,
    usedAt: usedAt ?? null,
    report: reportOf(transaction),
  }
}

function reportOf(transaction: TransactionAbout['transaction']): Recent['checks'][number]['report'] {
  const kind = rejectionOf(transaction)
  const { rejectedAt } = transaction
  return kind === undefined || rejectedAt === undefined ? null : { kind, at: rejectedAt }
}

/** The newest report of the person, which a vouch for somebody else isn't. */
function pauseOf(found: readonly TransactionAbout[], personId: string, until: number): Recent['pause'] {
  const reports = found.flatMap(({ transaction }) => {
    const report = transaction.subject?.id === personId ? reportOf(transaction) : null
    return report === null || report.kind === 'notVouched' ? [] : [report]
  })
  const [newest] = reports.toSorted((one, other) => other.at - one.at)
  return { until, reportedAt: newest?.at ?? null, kind: newest?.kind ?? null }
}

/** Each lift once, newest first: it counts for all reports before it. */
function liftsOf(found: readonly TransactionAbout[]): Recent['lifts'] {
  const lifts = new Map(
    found.flatMap(({ pauseLift }) => (pauseLift ? [[pauseLift.at, pauseLift] as const] : [])),
  )
  return [...lifts.values()].toSorted((one, other) => other.at - one.at)
}
