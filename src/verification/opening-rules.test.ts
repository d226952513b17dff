import { describe, expect, test } from 'vitest'
import { openingLimits, openingRefusal, pausedUntil } from './opening-rules.ts'

const dana = { id: 'dana' }
const alex = { id: 'alex' }
const nothing = { agent: undefined, person: undefined }

describe('a check', () => {
  test('may begin where nothing stands against it', () => {
    expect(openingRefusal(dana, alex, undefined, nothing)).toBeUndefined()
  })

  test.each([
    ['of oneself', 'self', dana, undefined, nothing],
    ['within the pause', 'paused', alex, 5000, nothing],
    ['of an agent who began many', 'tooManyByAgent', alex, undefined, { agent: 7, person: undefined }],
    ['of a person asked often', 'tooManyOfPerson', alex, undefined, { agent: undefined, person: 7 }],
    ['within a pause, however many', 'paused', alex, 5000, { agent: 7, person: 7 }],
  ])('%s is refused', (_case, problem, subject, paused, waits) => {
    expect(openingRefusal(dana, subject, paused, waits)?.problem).toBe(problem)
  })

  test('that is too many says how long to wait', () => {
    const refusal = openingRefusal(dana, alex, undefined, { agent: 7, person: 9 })
    expect(refusal).toEqual({
      problem: 'tooManyByAgent',
      message: 'Too many checks of one agent in a short time.',
      waitMs: 7,
    })
  })

  test('counts for its agent and its person, in its realm', () => {
    const settings = { pauseMinutes: 60, maxChecksPerAgent: 10, maxChecksPerPerson: 3 }
    expect(openingLimits('/alpha', dana, alex, settings)).toEqual({
      agent: { key: '/alpha checks by dana', most: 10, windowMs: 600_000 },
      person: { key: '/alpha checks of alex', most: 3, windowMs: 3_600_000 },
    })
  })
})

test.each([
  [undefined, undefined],
  [0, undefined],
  [1000, 61_000],
])('after a rejection at %o a pause of a minute ends at %o, seen at 60000', (rejectedAt, until) => {
  expect(pausedUntil(rejectedAt, 1, 60_000)).toBe(until)
})
