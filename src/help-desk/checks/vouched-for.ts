import { fold } from '../../attributes/fold.ts'
import type { Purpose } from '../transactions/purpose.ts'
import { type Party, type Subject, safeDisplayName } from '../transactions/transaction.ts'

/** Whether a person is the one vouched for. Without an object id only a name is known, so that namesakes count, too. */
export function isVouchedFor({ vouchFor, vouchForId }: Purpose, person: Party): boolean {
  if (vouchForId !== undefined) return vouchForId === person.id
  if (vouchFor === undefined) return false
  const name = fold(vouchFor)
  return [safeDisplayName(person), person.name].some((each) => fold(each) === name)
}

/** Object ids of the people whom a transaction is about: the subject and, in a vouch, the person vouched for. */
export function concernedIds(subject: Pick<Subject, 'id'>, { vouchForId }: Purpose): string[] {
  return [...new Set([subject.id, vouchForId])].filter((id) => id !== undefined)
}
