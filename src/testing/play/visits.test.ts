import { expect, test } from 'vitest'
import { failureId, successId } from '../../engine/journey.ts'
import { withShownEnd } from './visits.ts'

const risk = { name: 'Risk', id: 'r', outcome: 'true' }
const success = { name: 'Success', id: successId, outcome: '' }
const failure = { name: 'Failure', id: failureId, outcome: '' }

test('a path has the end that the server showed, however the project connects its last node', () => {
  const path = [risk, success]
  expect(withShownEnd(path, { shown: { kind: 'success' } })).toEqual(path)
  expect(withShownEnd(path, { shown: { kind: 'failure' } })).toEqual([risk, failure])
  expect(withShownEnd(path, { shown: { kind: 'page' } })).toEqual([risk])
  expect(withShownEnd(path, undefined)).toEqual(path)
  expect(withShownEnd([risk], { shown: { kind: 'success' } })).toEqual([risk])
})
