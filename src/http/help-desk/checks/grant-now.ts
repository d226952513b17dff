import { OperationError } from '../../../base/errors.ts'
import { currentRequirement } from '../../../help-desk/checks/current-requirement.ts'
import {
  type EndedCheck,
  type GrantState,
  grantStateOf,
  type ProvenResult,
  requirementFor,
} from '../../../help-desk/checks/grant.ts'
import type { OpeningSettings } from '../../../help-desk/checks/opening-rules.ts'
import type { PolicySettings, Requirement } from '../../../help-desk/checks/requirement.ts'
import type { Verifications } from '../../../help-desk/checks/verifications.ts'
import type { Transaction } from '../../../help-desk/transactions/transaction.ts'
import type { Identity } from '../../../people/identity.ts'

export type GrantSources = {
  readIdentity(realm: string, id: string): Promise<Identity | undefined>
  verifications: Pick<Verifications, 'pauseOfAny'>
  now(): number
}

export type GrantNow = {
  /** What the use of the result needs. */
  needed: Requirement
  grant: GrantState
}

/**
 * The state of a result by the settings and people of this moment.
 * @throws OperationError if the directory with the people can't be read.
 */
export async function grantNow(
  { readIdentity, verifications, now }: GrantSources,
  transaction: EndedCheck & Pick<Transaction, 'realm' | 'subject'>,
  verification: ProvenResult,
  settings: PolicySettings & Pick<OpeningSettings, 'pauseMinutes'>,
): Promise<GrantNow> {
  const read = (realm: string, id: string) => readIdentity(realm, id)
  const { realm, subject, purpose } = transaction
  const [requirement, pausedUntil] = await Promise.all([
    currentRequirement(read, transaction, settings),
    subject && verifications.pauseOfAny(realm, { subject, purpose }, settings.pauseMinutes),
  ])
  return {
    needed: requirementFor(verification, transaction, requirement),
    grant: grantStateOf(transaction, verification, { requirement, pausedUntil }, now()),
  }
}

/** People who can't be read count as unknown, so that a check can be read while their directory is unavailable. */
export function leniently(from: GrantSources): GrantSources {
  return {
    ...from,
    async readIdentity(realm, id) {
      try {
        return await from.readIdentity(realm, id)
      } catch (error) {
        if (error instanceof OperationError) return undefined
        throw error
      }
    },
  }
}
