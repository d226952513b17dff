import { expect, test } from 'vitest'
import { subjectProblem } from './commit-subject.ts'

test.each([
  'journeys: report why a transaction can no longer be approved',
  'help-desk: process two results of one check in order',
  'quality: embed the base commit',
  'Revert "journeys: report why a transaction can no longer be approved"',
])('accepts %s', (subject) => {
  expect(subjectProblem(subject)).toBeUndefined()
})

test.each([
  ['report why a transaction can no longer be approved', 'form'],
  ['journeys: report', 'form'],
  [`journeys: report ${'x'.repeat(60)}`, 'characters'],
  ['journeys: a failure says when', '"a"'],
  ['journeys: reports failures', '"reports"'],
  ['journeys: fixed a failure', '"fixed"'],
  ['journeys: fixing a failure', '"fixing"'],
  ['journeys: Report a failure', '"Report"'],
])('rejects %s', (subject, reason) => {
  expect(subjectProblem(subject)).toContain(reason)
})
