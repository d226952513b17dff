import { createHash } from 'node:crypto'
import type { AnswerOf, ItemOf } from '../../../../contract/endpoint.ts'
import { readWall } from '../../../../contract/leads.ts'
import type { Approval } from '../../../help-desk/approvals/approval.ts'
import type { Approvals } from '../../../help-desk/approvals/approvals.ts'
import type { LeadStore, WallCheck } from '../../../help-desk/leads/lead-store.ts'
import { actionText } from '../../../help-desk/transactions/purpose.ts'
import { agentNameOf, agentOf, safeDisplayName } from '../../../help-desk/transactions/transaction.ts'
import { endingOf } from '../../../help-desk/transactions/transaction-status.ts'
import type { RealmSettings } from '../../../realms/realm.ts'
import type { Answer, Call, Route } from '../../route.ts'
import { agentIdOf } from '../checks/visible-agent.ts'
import { transactionRow } from '../transactions/transaction-row.ts'

type WallRow = ItemOf<typeof readWall>

type Awaited = AnswerOf<typeof readWall>['awaited'][number]

type WallDependencies = {
  stores: { leads: Pick<LeadStore, 'wall'> }
  approvals: Pick<Approvals, 'waiting'>
  now(): number
}

/** More than anybody watches at once. */
const maxRows = 500

/** How long a check that ended badly stays on the wall. */
const attentionMs = 15 * 60_000

/** How long a report that no lead has read stays there: longer than any weekend. */
const unreadMs = 7 * 24 * 60 * 60_000

/** The checks of all agents, for leads. Not in AM. */
export function wallRoutes(from: WallDependencies): Route[] {
  return [
    {
      ...readWall,
      // rule H22: otherwise agents see the wall
      access: 'transactions',
      summary:
        'Reads the running checks of all agents, and those that recently ended as an alarm; 304 for a known `ETag`.',
      handle: (call) => wall(from, call),
    },
  ]
}

async function wall({ stores, approvals, now }: WallDependencies, call: Call): Promise<Answer> {
  const { realm, headers } = call
  const viewerId = await agentIdOf(call)
  const at = now()
  const found = await stores.leads.wall({
    realm: realm.path,
    now: at,
    since: at - attentionMs,
    unreadSince: at - unreadMs,
    limit: maxRows + 1,
  })
  const shown = found.slice(0, maxRows)
  const agents = agentsByPerson(shown, at)
  const result = shown.map((check) =>
    rowOf(check, agents, transactionRow(check, realm.settings, at, viewerId)),
  )
  const hasMore = found.length > maxRows
  const waiting = await approvals.waiting(realm.path)
  const awaited = waiting.toReversed().map((approval) => awaitedOf(approval, realm.settings, viewerId))
  const etag = tagOf({ result, hasMore, awaited })
  // A proxy that compresses the answer marks its tag as weak.
  if (headers['if-none-match']?.replace(/^W\//, '') === etag) return { status: 304, headers: { etag } }
  const body: AnswerOf<typeof readWall> = {
    now: at,
    hasMore,
    awaited,
    result,
    resultCount: result.length,
    pagedResultsCookie: null,
  }
  return { body, headers: { etag } }
}

/** Changes with the rows, and not with the time. */
function tagOf(content: object): string {
  return `"${createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 22)}"`
}

function awaitedOf(approval: Approval, { helpDesk }: RealmSettings, viewerId: string): Awaited {
  const { id, subject, purpose, journey, requestedBy, createdAt, expiresAt } = approval
  return {
    _id: id,
    subject: safeDisplayName(subject),
    action: actionText(purpose) ?? null,
    checkTitle: helpDesk.checks.find((check) => check.journey === journey)?.title || journey,
    agent: safeDisplayName(requestedBy),
    isOwn: requestedBy.id === viewerId,
    createdAt,
    expiresAt,
  }
}

type Agents = ReadonlyMap<string, ReadonlyMap<string, string>>

/** Names of the agents with a running check of a person, by the ids of both. */
function agentsByPerson(checks: readonly WallCheck[], now: number): Agents {
  const agents = new Map<string, Map<string, string>>()
  for (const { transaction } of checks) {
    const agent = agentOf(transaction)
    const { subject } = transaction
    if (agent === undefined || subject === undefined || endingOf(transaction, now) !== undefined) continue
    const names = agents.get(subject.id) ?? new Map<string, string>()
    agents.set(subject.id, names.set(agent.id, agentNameOf(transaction) ?? agent.name))
  }
  return agents
}

function rowOf(
  { transaction, openedAt, failedSignIns, wrongCodes }: WallCheck,
  agents: Agents,
  { _id, subjectId, reason, lastText, sentAt, ...row }: ReturnType<typeof transactionRow>,
): WallRow {
  const own = agentOf(transaction)?.id
  const others = row.ending === null ? (agents.get(subjectId ?? '') ?? []) : []
  const alsoCheckedBy = [...others].flatMap(([id, name]) => (id === own ? [] : [name]))
  return { ...row, openedAt: openedAt ?? null, failedSignIns, wrongCodes, alsoCheckedBy }
}
