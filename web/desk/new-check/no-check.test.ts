import { expect, it } from 'vitest'
import { shortTime } from '../../check-model/times.ts'
import { noCheckOf } from './no-check.ts'

const check = {
  journey: 'HelpDesk',
  title: 'Verify a caller',
  description: '',
  takesMail: true,
  lifeSeconds: 180,
}
const now = Date.UTC(2026, 0, 1, 12)
const said = (code: number, message: string, detail?: unknown) =>
  noCheckOf({ code, message, detail }, check, 'Elena Marsh', now)

it.each([
  ['tooManyByAgent', 'You have begun many checks.'],
  ['tooManyOfPerson', 'Too many checks of Elena Marsh.'],
])('%s says when the next one can begin', (problem, title) => {
  const at = shortTime(now + 900_000)
  expect(said(429, 'Too many', { problem, retryAfterSeconds: 900 }).title).toBe(
    `${title} The next one can begin at ${at}.`,
  )
})

it.each([
  [401, 'Login failure', /did not find Elena Marsh by the mail address/],
  [401, 'A lead has to answer first.', /^A lead has to answer first\.$/],
  [404, 'Not found.', /can’t be started: Not found\. Pick another check/],
  [200, '', /ended without making a link/],
  [503, 'Service Unavailable', /^Service Unavailable$/],
])('an answer %i is no check, with a reason', (code, message, reason) => {
  const { title, reason: told } = said(code, message, { failureUrl: '' })
  expect(title).toBe('No check was started.')
  expect(told).toMatch(reason)
})
