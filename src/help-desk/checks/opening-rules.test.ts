import { describe, expect, test } from 'vitest'
import { noPurpose } from '../transactions/purpose.ts'
import { unknownOpener } from '../transactions/transaction.ts'
import {
  isForAgents,
  type Opening,
  type OpeningSettings,
  openingLimits,
  openingRefusal,
  pausedUntil,
} from './opening-rules.ts'
import { noRequirement } from './requirement.ts'

const dana = { id: 'dana', name: 'dana' }
const noor = { id: 'noor', name: 'noor' }
const alex = { kind: 'user', id: 'alex', name: 'alex' } as const
const room = { opener: undefined, person: undefined }

const settings: OpeningSettings = {
  checks: [{ journey: 'HelpDesk' }],
  onlyAgentsStartChecks: true,
  actions: ['Unlock the account'],
  pauseMinutes: 60,
  maxChecksPerAgent: 10,
  maxChecksPerPerson: 3,
  maxOtherOpeningsPerPerson: 20,
}

const byAgent = { ...unknownOpener, agent: dana, isHelpDesk: true, journey: 'HelpDesk' }

const check: Opening = {
  openedBy: byAgent,
  subject: alex,
  purpose: { ...noPurpose, action: 'Unlock the account' },
  presenter: 'agent',
  isForAgents: true,
  isSubjectAgent: false,
  requirement: noRequirement,
  reachableLevel: 1,
}

const vouchingFor = (vouchForId: string) => ({ ...noPurpose, vouchFor: 'Somebody', vouchForId })

const seconded = { ...noRequirement, secondAgent: true, because: ['Executives'] }
const twoFactors = { ...noRequirement, level: 2 as const, because: ['Phones'] }

/** A journey that anyone may start. */
const open: Opening = { ...check, openedBy: unknownOpener, presenter: 'no', isForAgents: false }

const problemOf = (opening: Opening, waits: Parameters<typeof openingRefusal>[3] = room, paused?: number) =>
  openingRefusal(opening, settings, paused, waits)?.problem

describe('a check by an agent', () => {
  test('is opened if no rule refuses it', () => {
    expect(problemOf(check)).toBeUndefined()
    expect(problemOf({ ...check, purpose: noPurpose })).toBeUndefined()
  })

  test.each<[problem: string, about: string, change: Partial<Opening>]>([
    ['self', 'the agent themself', { subject: { ...alex, id: 'dana' } }],
    ['self', 'the agent, for whom another person vouches', { purpose: vouchingFor('dana') }],
    [
      'self',
      'the second agent, for whom another person vouches',
      { openedBy: { ...byAgent, secondAgent: noor }, purpose: vouchingFor('noor') },
    ],
    ['self', 'a person who vouches for themself', { purpose: vouchingFor('alex') }],
    ['self', 'the agent, vouched for by name', { purpose: { ...noPurpose, vouchFor: 'DANA' } }],
    ['sessionEnded', 'anyone, after the session of the agent has ended', { presenter: 'ended' }],
    ['sessionEnded', 'anyone, when the step comes without the session', { presenter: 'no' }],
    [
      'notOffered',
      'anyone, by a journey that is not offered',
      { openedBy: { ...byAgent, journey: 'Other' } },
    ],
    ['unknownAction', 'an action of their own', { purpose: { ...noPurpose, action: 'Pay a bonus' } }],
    ['needsSecondAgent', 'anyone, alone, if a policy needs a second agent', { requirement: seconded }],
    ['tooWeak', 'anyone, by a journey that can’t reach the level', { requirement: twoFactors }],
    [
      'agentVouches',
      'an agent who vouches',
      { isSubjectAgent: true, purpose: { ...noPurpose, vouchFor: 'Ada' } },
    ],
  ])('is refused as %s about %s', (problem, _about, change) => {
    expect(problemOf({ ...check, ...change })).toBe(problem)
  })

  test('is opened if it meets the requirement', () => {
    const openedBy = { ...byAgent, secondAgent: noor }
    expect(problemOf({ ...check, openedBy, requirement: seconded })).toBeUndefined()
    expect(problemOf({ ...check, requirement: twoFactors, reachableLevel: 2 })).toBeUndefined()
    const delayed = { ...noRequirement, delayMinutes: 60 }
    expect(problemOf({ ...check, requirement: delayed })).toBeUndefined()
  })

  test('names the policies and the levels in the refusal', () => {
    expect(openingRefusal({ ...check, requirement: twoFactors }, settings, undefined, room)?.message).toBe(
      'This check reaches level 1, and level 2 is needed: Phones.',
    )
    expect(openingRefusal({ ...check, requirement: seconded }, settings, undefined, room)?.message).toBe(
      'A second agent has to approve this check: Executives.',
    )
  })

  test('can come from any journey if the realm lists none', () => {
    const opening = { ...check, isForAgents: false, openedBy: { ...byAgent, journey: 'Other' } }
    expect(openingRefusal(opening, { ...settings, checks: [] }, undefined, room)).toBeUndefined()
  })
})

describe('a transaction opened by others', () => {
  test('is opened by a journey that anyone can start', () => {
    expect(problemOf(open)).toBeUndefined()
  })

  test.each(['no', 'ended'] as const)('is refused in a journey for agents (presenter: %s)', (presenter) => {
    expect(problemOf({ ...open, isForAgents: true, presenter })).toBe('notAgent')
  })

  test('is opened in a journey for agents by an administrator of another realm', () => {
    expect(problemOf({ ...open, isForAgents: true, presenter: 'agent' })).toBeUndefined()
  })
})

describe.each([
  ['a check', check],
  ['a transaction that anyone opens', open],
])('%s', (_case, opening) => {
  test("is refused during the person's pause, whatever the limits say", () => {
    expect(problemOf(opening, room, 5000)).toBe('paused')
    expect(problemOf(opening, { opener: 7, person: 7 }, 5000)).toBe('paused')
  })

  test('is refused after too many of its opener or person', () => {
    expect(problemOf(opening, { opener: 7, person: undefined })).toBe('tooManyByAgent')
    expect(problemOf(opening, { opener: undefined, person: 7 })).toBe('tooManyOfPerson')
  })
})

test('a refusal by a limit contains the time to wait', () => {
  expect(openingRefusal(check, settings, undefined, { opener: 7, person: 9 })).toEqual({
    problem: 'tooManyByAgent',
    message: 'This agent has started too many checks in a short time.',
    waitMs: 7,
  })
})

describe('limits', () => {
  test('of a check count per agent and per person in its realm', () => {
    expect(openingLimits('/alpha', byAgent, check, settings)).toEqual({
      opener: { key: '/alpha checks by dana', max: 10, windowMs: 600_000 },
      people: [{ key: '/alpha checks of alex', max: 3, windowMs: 3_600_000 }],
    })
  })

  test('of a vouch count for the person who vouches and the person vouched for', () => {
    const { people } = openingLimits('/alpha', byAgent, { ...check, purpose: vouchingFor('mira') }, settings)
    expect(people.map(({ key }) => key)).toEqual(['/alpha checks of alex', '/alpha checks of mira'])
  })

  test("of other openers have their own counters and don't use up those of agents", () => {
    const keys = [byAgent, { ...unknownOpener, client: 'shop' }, unknownOpener].flatMap(
      (openedBy) => openingLimits('/alpha', openedBy, check, settings).people,
    )
    expect(new Set(keys.map(({ key }) => key)).size).toBe(3)
    expect(keys.map(({ max }) => max)).toEqual([3, 20, 20])
  })
})

test.each([
  [['HelpDesk'], true, true],
  [['Outer', 'HelpDesk'], true, true],
  [['Other'], true, false],
  [['HelpDesk'], false, false],
])('journeys %j with the rule %s are for agents: %s', (journeys, onlyAgentsStartChecks, isFor) => {
  expect(isForAgents({ ...settings, onlyAgentsStartChecks }, journeys)).toBe(isFor)
})

test.each([
  [undefined, undefined],
  [0, undefined],
  [1000, 61_000],
])('after a rejection at %o a pause of a minute ends at %o, seen at 60000', (rejectedAt, until) => {
  expect(pausedUntil(rejectedAt, 1, 60_000)).toBe(until)
})
