import { expect, test } from 'vitest'
import { type Transaction, unknownOpener } from '../../../help-desk/transactions/transaction.ts'
import { isStillAgents } from './transaction-access.ts'

const dana = { id: 'dana-id', name: 'dana' }
const noor = { id: 'noor-id', name: 'noor' }
const openedBy = { ...unknownOpener, agent: dana, session: 'session-hash', isHelpDesk: true }

test.each<[string, boolean, Pick<Transaction, 'assignee'>]>([
  ['that opened the check', true, {}],
  ['whose agent a colleague has replaced', false, { assignee: noor }],
  ['whose agent has taken the check back', true, { assignee: dana }],
])('access of the journey %s: %s', async (_case, expected, { assignee }) => {
  const from = { sessions: { isUnderWay: async () => true }, mayVerify: async () => true }
  expect(await isStillAgents(from, { openedBy, assignee, realm: '/alpha' } as Transaction)).toBe(expected)
})
