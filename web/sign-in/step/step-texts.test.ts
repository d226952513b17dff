import { expect, test } from 'vitest'
import en from '../../../texts/en/sign-in.json' with { type: 'json' }
import type { Step } from '../../api/authenticate.ts'
import { signsInWithPassword } from './autofill-hints.ts'
import { headingOf } from './heading.ts'

const stepOf = (callbacks: [type: string, name: string, value: string][], header = ''): Step =>
  ({
    authId: 'one',
    header,
    description: '',
    stage: '',
    callbacks: callbacks.map(([type, name, value], id) => ({
      type,
      _id: id,
      output: [{ name, value }],
      input: type === 'SuspendedTextOutputCallback' ? [] : [{ name: `IDToken${id + 1}`, value: '' }],
    })),
  }) as never

test.each([
  [
    'An email has been sent to the address you entered. Click the link in that email to proceed.',
    en.suspended,
  ],
  ['We sent a link to you.', en.suspended],
  ['Wir haben Ihnen eine Mail gesendet.', en.suspended],
  ['Your manager has to approve this.', en.onHold],
  ['', en.onHold],
])('the page of the suspended text %j has the heading %j', (message, heading) => {
  expect(headingOf(stepOf([['SuspendedTextOutputCallback', 'message', message]]), en as never)).toBe(heading)
})

const prompts = (...texts: string[]) =>
  texts.map((text): [string, string, string] => ['PasswordCallback', 'prompt', text])

test.each<[string, string[], boolean]>([
  ['', ['Password'], true],
  ['Welcome back', ['Password'], true],
  ['New here? Sign in', ['Password'], true],
  ['Enter new password', ['Password'], false],
  ['Reset your password', ['Password', 'Confirm password'], false],
  ['Neues Passwort', ['Passwort'], false],
  ['', ['Enter new password'], false],
  ['', ['Current password', 'New password'], false],
  ['', ['One-time password'], false],
])('under the heading %j, the fields %j sign a person in: %s', (header, texts, signsIn) => {
  expect(signsInWithPassword(stepOf(prompts(...texts), header))).toBe(signsIn)
})
