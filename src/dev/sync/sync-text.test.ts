import { expect, test } from 'vitest'
import { OperationError } from '../../base/errors.ts'
import { problemText } from './sync-text.ts'

test('names the file of a problem relative to the project, and leaves other errors to the caller', () => {
  const text = "EACCES: permission denied, open '/project/journeys/A, B.json'"
  const error = Object.assign(new Error(text), { code: 'EACCES', path: '/project/journeys/A, B.json' })
  expect(problemText(error, '/project')).toBe('journeys/A, B.json: permission denied')
  expect(problemText(new OperationError('No.'), '/project')).toBe('No')
  expect(() => problemText(new Error('a defect'), '/project')).toThrow('a defect')
})
