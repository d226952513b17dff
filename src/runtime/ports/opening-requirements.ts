import type { JsonObject } from '../../base/json.ts'
import { type Level, levelOf } from '../../engine/level.ts'
import { currentRequirement } from '../../help-desk/checks/current-requirement.ts'
import { noRequirement, type Requirement } from '../../help-desk/checks/requirement.ts'
import { isCheck } from '../../help-desk/checks/verification.ts'
import { type Purpose, purposeOf, withDefaults } from '../../help-desk/transactions/purpose.ts'
import { safeDisplayName, type Transaction } from '../../help-desk/transactions/transaction.ts'
import { provableMethods } from '../../journeys/provable-methods.ts'
import { displayNameOf } from '../../people/display-name.ts'
import type { RunContext } from '../run-context.ts'

export type OpeningRequirements = {
  /** Kept with the check, for the use of its result. */
  frozen: Requirement
  /** What a check must be able to reach to be opened. */
  atOpening: Requirement
}

/** What policies demand of a transaction. Only checks have requirements. */
export async function openingRequirements(
  { world, step }: RunContext,
  transaction: Transaction,
): Promise<OpeningRequirements> {
  if (!isCheck(transaction)) return { frozen: noRequirement, atOpening: noRequirement }
  const { helpDesk } = step.request.realm.settings
  const requirement = (settings: typeof helpDesk) =>
    currentRequirement((realm, id) => world.readIdentity(realm, id), transaction, settings)
  return {
    frozen: await requirement(helpDesk),
    // Checks for strong actions always opened with any journey: only the use of their result needs the level.
    atOpening: await requirement({ ...helpDesk, strongActions: [] }),
  }
}

/** The highest level that a journey of the realm can reach. */
export async function reachableLevel({ world, step }: RunContext, journey: string): Promise<Level> {
  const frozen = await world.revisions.current(step.request.realm.path, journey)
  return frozen === undefined ? 0 : levelOf(provableMethods(frozen))
}

/**
 * What a journey says that a check is for, completed by what the agent stated, so that the caller sees it even if the journey
 * doesn't pass it on. The person vouched for has the name of the account, so that the caller's page and tools name the person
 * whom the policies are about.
 */
export async function statedPurpose({ world, step }: RunContext, data: JsonObject): Promise<Purpose> {
  const purpose = withDefaults(purposeOf(data), step.saved.purpose)
  if (purpose.vouchForId === undefined) return purpose
  const person = await world.readIdentity(step.request.realm.path, purpose.vouchForId)
  if (person === undefined) return purpose
  const vouchFor = safeDisplayName({
    id: person.id,
    name: person.userName,
    displayName: displayNameOf(person),
  })
  return { ...purpose, vouchFor, vouchForId: person.id }
}
