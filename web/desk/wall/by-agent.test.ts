import { expect, it } from 'vitest'
import { byAgent } from './by-agent.ts'
import type { WallCheck } from './need.ts'

const check = (subject: string, agent: string | null, ticket: string | null = null) =>
  ({ row: { subject, agent, ticket, reference: subject, action: null }, need: undefined }) as WallCheck
// The grouping reads no other members.

const checks = [check('Ann', 'Dana'), check('Bea', 'Noor', 'INC-7'), check('Cem', 'Noor'), check('Dev', null)]

it('groups checks by agent, the busiest first', () => {
  expect(byAgent(checks, '').map(({ agent, checks: own }) => [agent, own.length])).toEqual([
    ['Noor', 2],
    [null, 1],
    ['Dana', 1],
  ])
})

it('keeps the checks that have all words in caller, agent or ticket', () => {
  expect(
    byAgent(checks, 'noor inc-7').flatMap(({ checks: own }) => own.map(({ row }) => row.subject)),
  ).toEqual(['Bea'])
  expect(byAgent(checks, 'nobody')).toEqual([])
})
