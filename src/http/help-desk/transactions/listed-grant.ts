import type { ItemOf } from '../../../../contract/endpoint.ts'
import type { listChecks } from '../../../../contract/help-desk.ts'
import {
  type EndedCheck,
  type GrantState,
  grantStateOf,
  type ProvenResult,
  resultLifeMs,
} from '../../../help-desk/checks/grant.ts'
import { noRequirement } from '../../../help-desk/checks/requirement.ts'
import type { Transaction } from '../../../help-desk/transactions/transaction.ts'
import { endingOf } from '../../../help-desk/transactions/transaction-status.ts'
import type { ListedTransaction } from '../../../help-desk/transactions/transaction-store.ts'
import type { RealmSettings } from '../../../realms/realm.ts'
import { type GrantSources, grantNow, leniently } from '../checks/grant-now.ts'

type ListedGrant = NonNullable<ItemOf<typeof listChecks>['grant']>

/** A result that was used or withdrawn stays so, whatever the people and settings are. */
const settledAnyway = { requirement: noRequirement, pausedUntil: undefined }

/** Whether the result of a listed check can be used now; null unless its caller was verified. */
export async function listedGrant(
  from: GrantSources,
  { transaction, proof }: Pick<ListedTransaction, 'transaction' | 'proof'>,
  settings: Pick<RealmSettings, 'helpDesk'>,
): Promise<ListedGrant | null> {
  const grant = proof && (await stateOfResult(from, transaction, proof, settings))
  return grant === undefined ? null : shown(grant)
}

/**
 * The state of one result of many; undefined unless its caller was verified. People are read only for results that may still be
 * usable, so that a page of old checks stays cheap.
 */
export async function stateOfResult(
  from: GrantSources,
  check: EndedCheck & Pick<Transaction, 'realm' | 'subject'>,
  proof: ProvenResult,
  settings: Pick<RealmSettings, 'helpDesk'>,
): Promise<GrantState | undefined> {
  const now = from.now()
  if (endingOf(check, now) !== 'approved') return undefined
  const isOver = (check.endedAt ?? 0) + resultLifeMs(proof, check) <= now
  const isSettled = [proof.usedAt, proof.withdrawnAt, check.rejectedAt].some((at) => at !== undefined)
  if (isSettled) return grantStateOf(check, proof, settledAnyway, now)
  if (isOver) return { state: 'over' }
  return (await grantNow(leniently(from), check, proof, settings.helpDesk)).grant
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
