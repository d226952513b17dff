import { expect, it } from 'vitest'
import { shortTime } from '../../check-model/times.ts'
import { startError } from './start-errors.ts'

const check = {
  journey: 'HelpDesk',
  title: 'Verify a caller',
  description: '',
  takesMail: true,
  lifeSeconds: 180,
  level: 1,
  hasSecondAgent: false,
}
const now = Date.UTC(2026, 0, 1, 12)
const errorFor = (code: number, message: string, detail?: unknown) =>
  startError({ code, message, detail }, check, 'Elena Marsh', now)

it.each([
  ['tooManyByAgent', 'You have started many checks.'],
  ['tooManyOfPerson', 'Too many checks of Elena Marsh.'],
  ['tooManyApprovals', 'You have asked for many approvals.', 'ask for'],
])('says when the next check can start: %s', (problem, title, verb = 'start') => {
  const at = shortTime(now + 900_000)
  expect(errorFor(429, 'Too many', { problem, retryAfterSeconds: 900 }).title).toBe(
    `${title} You can ${verb} the next one at ${at}.`,
  )
})

it.each([
  [401, 'Login failure', /did not find Elena Marsh by email address/],
  [401, 'A lead has to answer first.', /^A lead has to answer first\.$/],
  [404, 'Not found.', /can’t be started: Not found\. Pick another check/],
  [200, '', /ended without creating a link/],
  [503, 'Service Unavailable', /^Service Unavailable$/],
])('gives the reason of a %i response', (code, message, reason) => {
  const { title, reason: actual } = errorFor(code, message, { failureUrl: '' })
  expect(title).toBe('The check was not started.')
  expect(actual).toMatch(reason)
})
