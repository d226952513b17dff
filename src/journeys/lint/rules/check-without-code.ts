import type { Rule } from '../rule.ts'

export const checkWithoutCode: Rule = {
  id: 'check-without-code',
  severity: 'warning',
  what: 'The desk offers a check whose caller types no code.',
  why: 'Without the code that the agent reads out, nobody knows that the caller on the phone is the person who answered, so the result can’t be used.',
  remedy: 'Add the node Verification Code to the caller’s journey.',
  needsRealm: true,
  check({ name }, { desk }) {
    const lacks = desk?.checks.some(({ journey, asksCode }) => journey === name && !asksCode)
    return lacks
      ? [{ message: 'The caller types no code, so agents can’t use the result of this check.' }]
      : []
  },
}
