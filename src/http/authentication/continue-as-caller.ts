import type { AnswerOf } from '../../../contract/endpoint.ts'
import { continueAsCaller } from '../../../contract/journey-sessions.ts'
import { notFound, RequestError } from '../../base/errors.ts'
import type { Transactions } from '../../help-desk/transactions/transactions.ts'
import type { RunWatches } from '../../runtime/run-watches.ts'
import { readRun } from '../../runtime/saved-run.ts'
import type { StepStore } from '../../runtime/step-store.ts'
import type { Sealer } from '../../secrets/seal.ts'
import { parseBody } from '../body.ts'
import { type Answer, type Call, param } from '../route.ts'
import { watchHeader } from './request-view.ts'

export type CallersRunDependencies = {
  steps: StepStore
  sealer: Sealer
  watches: RunWatches
  transactions: Pick<Transactions, 'find'>
}

/**
 * Lets the administrator who started a watched run go on as the caller. The id of the transaction is as good as the caller's link,
 * so only the session that started the run gets it, and only of a transaction that this run opened: state, which scripts write, can
 * name another one.
 * @throws RequestError 404 for an unknown run and for one without an open transaction, 403 for other sessions.
 */
export async function callersRun(from: CallersRunDependencies, call: Call): Promise<Answer> {
  const { steps, sealer, watches, transactions } = from
  const realm = call.realm.path
  const id = param(call, 'id')
  const { userAgent } = parseBody(continueAsCaller.actions.continueAsCaller.body(), call)
  const [stored, signedIn] = await Promise.all([steps.read(id), call.session()])
  if (stored === undefined || stored.realm !== realm) throw notFound()
  const { session, watch } = readRun(sealer.open(stored.body))
  const startedBy = watch?.startedBy
  // rule R8: otherwise any administrator goes on as the caller of a run, or a run that nobody watches gives its link away
  if (startedBy === undefined || startedBy !== signedIn?.session.tokenHash) {
    throw new RequestError(403, 'Only the session that started a watched run can go on as the caller')
  }
  const named = session.shared['backchannel-transaction']
  const transaction = typeof named === 'string' ? await transactions.find(realm, named) : undefined
  // rule R8: otherwise a script of a run names the transaction of another one
  const isOwn = transaction?.openedBy.journeySession === id
  if (typeof named !== 'string' || !isOwn || transaction.state === 'COMPLETED') {
    throw notFound('This run has no open transaction')
  }
  const { journey } = transaction
  const body: AnswerOf<typeof continueAsCaller.actions.continueAsCaller> = {
    ...watches.issue(realm, journey, { startedBy, userAgent }),
    header: watchHeader,
    journey,
    transaction: named,
  }
  return { status: 201, body }
}
