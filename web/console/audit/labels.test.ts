import { expect, test } from 'vitest'
import { summaryOf } from './labels.ts'

const entry = {
  _id: '1',
  timestamp: '2026-12-01T08:00:00.000Z',
  realm: '/alpha',
  hash: 'h',
  journey: 'HelpDesk',
}
const check = { reference: '2WHWJR6P', action: 'Reset the password', ticket: 'INC-1' }

test.each([
  ['SIDEGATE-TRANSACTION-COMPLETED', {}, '2WHWJR6P · Reset the password · INC-1'],
  [
    'SIDEGATE-VERIFICATION-USED',
    { what: { kind: 'transaction', id: '2WHWJR6P', operation: 'ACTION' } },
    '2WHWJR6P · Reset the password · INC-1',
  ],
  [
    'AM-TREE-LOGIN-COMPLETED',
    { reason: 'the code was wrong' },
    '2WHWJR6P · Reset the password · INC-1 · HelpDesk: the code was wrong',
  ],
])('names the check of %s by reference, action and ticket', (eventName, members, summary) => {
  expect(summaryOf({ ...entry, ...check, eventName, ...members })).toBe(summary)
})

test('names the journey of an entry without a check', () => {
  expect(summaryOf({ ...entry, eventName: 'AM-TREE-LOGIN-STARTED' })).toBe('HelpDesk')
})

test.each([
  [{ kind: 'draft', id: 'Login', operation: 'ACTION', action: 'publish' }, 'Draft Login was published'],
  [{ kind: 'draft', id: 'Login', operation: 'UPDATE', fields: ['draft.tree'] }, 'Draft Login was changed'],
  [{ kind: 'journey-sessions', operation: 'ACTION', action: 'watch' }, 'Run in the editor was started'],
])('tells a change in a sentence: %j', (what, summary) => {
  expect(summaryOf({ ...entry, eventName: 'AM-CONFIG-CHANGE', what })).toBe(summary)
})

test('names journey and node of a run that ended at a node without an outcome', () => {
  const node = { name: 'Page', type: 'PageNode', id: '1', outcome: '' }
  expect(summaryOf({ ...entry, eventName: 'AM-TREE-LOGIN-COMPLETED', node })).toBe('HelpDesk · Page')
})
