import {
  type Approval,
  type ApprovalChange,
  approvalLifeMs,
  approvalSchema,
  longestWaitMs,
} from '../help-desk/approvals/approval.ts'
import { approvalEvent } from '../help-desk/approvals/approval-event.ts'
import type { ApprovalStore } from '../help-desk/approvals/approval-store.ts'
import type { Party } from '../help-desk/transactions/transaction.ts'
import type { WebhookEvent } from '../help-desk/webhooks/webhook.ts'
import type { Database } from './database.ts'
import { deleteInBatches } from './delete-in-batches.ts'
import { enqueueOfRealm } from './deliveries.ts'
import { deleteBefore, insertRow, rowsWith } from './plain-statements.ts'
import { guarded, query, type Statement } from './query.ts'
import { recordsOf } from './rows.ts'
import type { ApprovalTable } from './tables.ts'
import { tryWrite } from './writes.ts'

const approvals = recordsOf('approvals', 'id', approvalSchema)

const insert = insertRow('approvals')

const byId = rowsWith('approvals', ['id', 'realm'])

const ofJourney = query<{ realm: string; journeySession: string }>((db, $) =>
  db
    .selectFrom('approvals')
    .selectAll()
    .where('journeySession', '=', $.journeySession)
    .where('realm', '=', $.realm)
    .orderBy('createdAt', 'desc'),
)

/** @param since none that waits was made earlier: without it, the index would be read back to the oldest request. */
const waiting = query<{ realm: string; now: number; since: number; limit: number }>((db, $) =>
  db
    .selectFrom('approvals')
    .selectAll()
    .where('realm', '=', $.realm)
    .where('createdAt', '>=', $.since)
    .where('state', '=', 'waiting')
    .where('expiresAt', '>', $.now)
    .orderBy('createdAt', 'desc')
    .limit($.limit),
)

/** @param party a pattern for the stored person. */
const ofPerson = query<{ realm: string; party: string; since: number; limit: number }>((db, $) =>
  db
    .selectFrom('approvals')
    .selectAll()
    .where('realm', '=', $.realm)
    .where('createdAt', '>', $.since)
    .where((eb) => eb.or([eb('requestedBy', 'like', $.party), eb('answeredBy', 'like', $.party)]))
    .orderBy('createdAt', 'desc')
    .limit($.limit),
)

type Answer = Pick<ApprovalTable, 'id' | 'state' | 'answeredBy' | 'declineReason'> & { now: number }

/** Works once, while the request waits. */
// rule H25: otherwise a request gets two answers
const answer = query<Answer>((db, { id, now, ...columns }) =>
  db
    .updateTable('approvals')
    .set({ ...columns, answeredAt: now })
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .where('expiresAt', '>', now),
)

const cancel = query<{ id: string; journeySession: string }>((db, $) =>
  db
    .updateTable('approvals')
    .set({ state: 'cancelled' })
    .where('id', '=', $.id)
    .where('journeySession', '=', $.journeySession)
    .where('state', '=', 'waiting'),
)

const cancelAll = query<{ journeySession: string }>((db, $) =>
  db
    .updateTable('approvals')
    .set({ state: 'cancelled' })
    .where('journeySession', '=', $.journeySession)
    .where('state', '=', 'waiting'),
)

/** Works once, while the approval counts. */
const use = query<{ id: string; journeySession: string; since: number; now: number }>((db, $) =>
  db
    .updateTable('approvals')
    .set({ usedAt: $.now })
    .where('id', '=', $.id)
    .where('journeySession', '=', $.journeySession)
    .where('state', '=', 'approved')
    .where('answeredAt', '>', $.since)
    // rule H25: otherwise an approval opens two checks
    .where('usedAt', 'is', null),
)

const removeOld = deleteBefore('approvals', 'id', 'createdAt')

/** Statements for a change that a step makes. */
export function changeApproval(change: ApprovalChange): Statement<'approval'>[] {
  switch (change.kind) {
    case 'ask': {
      const { approval } = change
      return [
        cancelAll({ journeySession: approval.journeySession }),
        insert(approvals.columnsOf(approval)),
        ...enqueue('approval.requested', approval, undefined, approval.createdAt),
      ]
    }
    case 'cancel':
      return [cancel({ id: change.id, journeySession: change.journeySession })]
    case 'use': {
      const { id, journeySession, now } = change
      return [guarded(use({ id, journeySession, since: now - approvalLifeMs, now }), 'approval')]
    }
  }
}

function enqueue(event: WebhookEvent, approval: Approval, answeredBy: Party | undefined, now: number) {
  const { realm, id } = approval
  return enqueueOfRealm({ realm, event, about: id, data: approvalEvent(approval, answeredBy) }, now)
}

/** Stores requests for approval in SQL. */
export function approvalStore(database: Database): ApprovalStore {
  return {
    find: (realm, id) => approvals.one(database, byId({ realm, id })),
    ofJourney: (realm, journeySession) => approvals.all(database, ofJourney({ realm, journeySession })),
    waiting: (realm, now, limit) =>
      approvals.all(database, waiting({ realm, now, since: now - longestWaitMs, limit })),
    ofPerson: (realm, personId, since, limit) => {
      const party = `%"id":${JSON.stringify(personId)}%`
      return approvals.all(database, ofPerson({ realm, party, since, limit }))
    },
    async answer(realm, id, by, given, now) {
      const columns = {
        state: given.kind === 'approve' ? ('approved' as const) : ('declined' as const),
        answeredBy: JSON.stringify(by),
        declineReason: given.kind === 'decline' ? (given.reason ?? null) : null,
      }
      const approval = await approvals.one(database, byId({ realm, id }))
      if (approval === undefined) return false
      return tryWrite(database, [
        guarded(answer({ id, now, ...columns }), 'waiting'),
        ...enqueue(`approval.${columns.state}`, approval, by, now),
      ])
    },
    deleteCreatedBefore: (before) => deleteInBatches(database, (limit) => removeOld({ before, limit })),
  }
}
