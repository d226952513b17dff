import type { ItemOf } from '../../../../contract/endpoint.ts'
import type { listChecks } from '../../../../contract/help-desk.ts'
import { type GrantState, grantStateOf, resultLifeMs } from '../../../help-desk/checks/grant.ts'
import { noRequirement } from '../../../help-desk/checks/requirement.ts'
import { endingOf } from '../../../help-desk/transactions/transaction-status.ts'
import type { ListedTransaction } from '../../../help-desk/transactions/transaction-store.ts'
import type { RealmSettings } from '../../../realms/realm.ts'
import { type GrantSources, grantNow, leniently } from '../checks/grant-now.ts'

type ListedGrant = NonNullable<ItemOf<typeof listChecks>['grant']>

/** A result that was used or withdrawn stays so, whatever the people and settings are. */
const settledAnyway = { requirement: noRequirement, pausedUntil: undefined }

/**
 * Whether the result of a listed check can be used now; null unless its caller was verified. People are read only for results
 * that may still be usable, so that a page of old checks stays cheap.
 */
export async function listedGrant(
  from: GrantSources,
  { transaction, proof }: ListedTransaction,
  settings: Pick<RealmSettings, 'helpDesk'>,
): Promise<ListedGrant | null> {
  const now = from.now()
  if (proof === undefined || endingOf(transaction, now) !== 'approved') return null
  const { usedAt, withdrawnAt } = proof
  const isOver = (transaction.endedAt ?? 0) + resultLifeMs(proof, transaction) <= now
  const isSettled = [usedAt, withdrawnAt, transaction.rejectedAt].some((at) => at !== undefined)
  if (isSettled) return shown(grantStateOf(transaction, proof, settledAnyway, now))
  if (isOver) return shown({ state: 'over' })
  return shown((await grantNow(leniently(from), transaction, proof, settings.helpDesk)).grant)
}

/** Without ids of agents and clients. */
function shown(grant: GrantState): ListedGrant {
  const times: ReadonlyMap<string, unknown> = new Map(Object.entries(grant))
  const timeOf = (name: 'usableAt' | 'usedAt' | 'until') => {
    const time = times.get(name)
    return typeof time === 'number' ? time : null
  }
  return {
    state: grant.state,
    usableAt: timeOf('usableAt'),
    usedAt: timeOf('usedAt'),
    until: timeOf('until'),
  }
}
