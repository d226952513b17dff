import type { Identity } from '../../people/identity.ts'
import type { Transaction } from '../transactions/transaction.ts'
import { type ConcernedPerson, type PolicySettings, type Requirement, requirementOf } from './requirement.ts'

type ReadIdentity = (realm: string, id: string) => Promise<Identity | undefined>

type About = Pick<Transaction, 'realm' | 'subject' | 'purpose'>

/**
 * What a check needs by the settings and people of this moment. A check that asks for a vouch is about two people, the
 * subject and the person vouched for, and the stricter requirement counts.
 * @throws OperationError if the directory with the people can't be read.
 */
export async function currentRequirement(
  readIdentity: ReadIdentity,
  { realm, subject, purpose }: About,
  settings: PolicySettings,
): Promise<Requirement> {
  const read = async (id: string): Promise<ConcernedPerson> => (await readIdentity(realm, id)) ?? 'unknown'
  const vouchedFor = async (): Promise<ConcernedPerson[]> => {
    if (purpose.vouchForId !== undefined) return [await read(purpose.vouchForId)]
    return purpose.vouchFor === undefined ? [] : ['unnamed']
  }
  // rule H23: otherwise the person vouched for is under no policy
  const people = [subject === undefined ? 'unknown' : await read(subject.id), ...(await vouchedFor())]
  return requirementOf(purpose.action, people, settings)
}
