import { expect, test } from 'vitest'
import { recordedStepSchema } from '../../engine/recorded-step.ts'
import { chosenTrails, draftTrails, outcomeKey, shownBy } from './choose.ts'
import type { Trail } from './trail.ts'

/** @param nodes as `node outcome`. */
function trail(
  nodes: readonly string[],
  outcome: 'success' | 'failure' | 'underway',
  tries = nodes.length,
): Trail {
  const steps = nodes.map((text, order) => {
    const [nodeId = '', name] = text.split(' ')
    return recordedStepSchema.parse({
      request: 1,
      order,
      at: 0,
      journeys: ['J'],
      page: null,
      nodeId,
      nodeType: 'N',
      displayName: nodeId,
      result: name === 'error' ? 'error' : 'outcome',
      outcome: name,
      duration: 0,
      callbacks: [],
      reads: [],
      writes: [],
      log: [],
    })
  })
  const attempt = { steps: [], label: 'try' }
  const spot = { steps, session: { outcome } } as unknown as Trail['spot']
  return {
    journey: 'J',
    start: {},
    tries: Array.from({ length: tries }, () => attempt),
    http: [],
    stub: {},
    spot,
  }
}

test('a trail shows outcomes, errors and its end', () => {
  expect(shownBy(trail(['a true', 'b error'], 'failure'))).toEqual([
    outcomeKey('J', 'a', 'true'),
    outcomeKey('J', 'b', 'error'),
    '["J","failure"]',
  ])
})

test('chooses the plain success first, and then what shows most of the rest', () => {
  const plain = trail(['a true'], 'success')
  const long = trail(['a false', 'a true'], 'success')
  const failure = trail(['a false', 'b x'], 'failure')
  const part = trail(['a false'], 'underway')
  expect(chosenTrails([part, long, failure, plain], new Set())).toEqual([plain, failure])
})

test('chooses nothing that is covered already', () => {
  const one = trail(['a true'], 'success')
  expect(chosenTrails([one], new Set(shownBy(one)))).toEqual([])
})

test('of equal trails the shortest wins', () => {
  const short = trail(['a false'], 'failure', 1)
  expect(chosenTrails([trail(['a false'], 'failure', 3), short], new Set())).toEqual([short])
})

const withWrongPassword = (given: Trail): Trail => ({
  ...given,
  tries: given.tries.map((each) => ({ ...each, isWrong: true, at: 'sign-in' })),
})

test('of equal trails one with a wrong password wins', () => {
  const unknown = trail(['a false'], 'failure')
  const wrong = withWrongPassword(trail(['a false'], 'failure'))
  expect(chosenTrails([unknown, wrong], new Set())).toEqual([wrong])
})

test('drafts refuse a wrong password even if other trails show the same', () => {
  const success = trail(['a false', 'a true'], 'success')
  const failure = trail(['a false'], 'failure')
  const wrong = withWrongPassword(trail(['a false'], 'failure'))
  expect(draftTrails([failure, success, wrong], new Set())).toEqual([success, wrong])
})
