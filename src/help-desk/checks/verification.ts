import { z } from 'zod'
import { levels } from '../../engine/level.ts'
import { type Method, methodSchema } from '../../engine/methods.ts'
import type { Transaction } from '../transactions/transaction.ts'
import { requirementSchema } from './requirement.ts'

const methods: z.ZodType<readonly Method[]> = z.array(methodSchema)

export const verificationSchema = z.object({
  idHash: z.string(),
  realm: z.string(),
  /** Sealed codes. */
  codes: z.string(),
  /** Attempts left to type the code. */
  triesLeft: z.number(),
  /** When the right code was last typed; epoch milliseconds. */
  matchedAt: z.number().optional(),
  /** Whether the code was typed in the journey that completed the transaction. This and the following are set with the result. */
  isBound: z.boolean(),
  methods,
  level: z.literal(levels),
  /** The single use of the result: time, and id of the agent or client. */
  usedAt: z.number().optional(),
  usedBy: z.string().optional(),
  /** The key that the request of the use chose. */
  usedKey: z.string().optional(),
  /** What the check needed when it was opened. Unknown for checks of earlier versions. */
  requirement: requirementSchema.optional(),
  /** When an agent withdrew the result, and the id of that agent. */
  withdrawnAt: z.number().optional(),
  withdrawnBy: z.string().optional(),
})

/**
 * The data of a check beside its transaction, which has the same key: codes, the caller's proof, and the single use of the
 * result. Only transactions that an agent's journey opened about a person have one.
 */
export type Verification = z.infer<typeof verificationSchema>

/** A change that is saved with a journey's step. */
export type VerificationChange =
  | { kind: 'open'; verification: Verification; now: number }
  | ({ kind: 'prove'; idHash: string } & Pick<Verification, 'isBound' | 'methods' | 'level'>)

/** Whether a transaction is a check: an agent opened it about a known person. */
export function isCheck(
  transaction: Pick<Transaction, 'openedBy' | 'subject'>,
): transaction is Transaction & { subject: NonNullable<Transaction['subject']> } {
  return transaction.openedBy.isHelpDesk && transaction.subject !== undefined
}
