import type { Transaction } from '../../../help-desk/transactions/transaction.ts'
import type { Revisions } from '../../../journeys/revisions.ts'

const asks = 'SidegateVerificationCodeNode'

/** Whether the caller's journey of a check, or one inside it, asks for the code that the agent reads out. */
export async function asksCode(
  revisions: Pick<Revisions, 'current'>,
  { realm, journey }: Pick<Transaction, 'realm' | 'journey'>,
): Promise<boolean> {
  const journeys = (await revisions.current(realm, journey))?.content.journeys ?? {}
  return Object.values(journeys).some(({ nodes, children }) =>
    [...Object.values(nodes), ...Object.values(children)].some(({ type }) => type === asks),
  )
}
