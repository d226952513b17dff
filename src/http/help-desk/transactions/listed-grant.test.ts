import { expect, test } from 'vitest'
import { noRequirement } from '../../../help-desk/checks/requirement.ts'
import { noPurpose } from '../../../help-desk/transactions/purpose.ts'
import { unknownOpener } from '../../../help-desk/transactions/transaction.ts'
import { realmSettingsSchema } from '../../../realms/realm.ts'
import { exampleTransaction, start } from '../../../store/contract/examples.ts'
import { stateOfResult } from './listed-grant.ts'

const minutes = 60_000
const settings = realmSettingsSchema.parse({})

test('the list shows the result of a recovery until its delay and ten minutes are over', async () => {
  const check = exampleTransaction({
    state: 'COMPLETED',
    result: 'APPROVED',
    endedAt: start,
    purpose: { ...noPurpose, action: 'Tell the balance' },
    openedBy: { ...unknownOpener, isHelpDesk: true, secondAgent: { id: 'noor-id', name: 'noor' } },
  })
  const requirement = { ...noRequirement, level: 2, recoveryMinutes: 60 } as const
  const proof = { isBound: true, level: 1, usedAt: undefined, usedBy: undefined, requirement } as const
  const stateAfter = async (passed: number) => {
    const from = {
      readIdentity: async () => undefined,
      verifications: { pauseOfAny: async () => undefined },
      now: () => start + passed,
    }
    return (await stateOfResult(from, check, proof, settings))?.state
  }
  expect(await stateAfter(60 * minutes - 1)).toBe('waiting')
  expect(await stateAfter(70 * minutes - 1)).toBe('ready')
  expect(await stateAfter(70 * minutes)).toBe('over')
})
