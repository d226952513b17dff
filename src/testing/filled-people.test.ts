import { expect, test } from 'vitest'
import { OperationError } from '../base/errors.ts'
import { filledPeople } from './filled-people.ts'

const known = { kept: { made: 'made-value' }, secrets: { NAME: `Given \${secret:OTHER}` } }

test('attributes and passwords of people get their values, once', () => {
  const alex = { givenName: `\${secret:NAME}`, tags: [`\${made}`], password: `x-\${secret:NAME}` }
  expect(filledPeople({ alex }, known)).toEqual({
    alex: {
      givenName: `Given \${secret:OTHER}`,
      tags: ['made-value'],
      password: `x-Given \${secret:OTHER}`,
    },
  })
})

test('a password without its variable is left out, and any other unknown value is refused', () => {
  expect(filledPeople({ alex: { sn: 'A', password: `\${secret:NONE}` } }, known)).toEqual({
    alex: { sn: 'A' },
  })
  expect(() => filledPeople({ alex: { sn: `\${secret:NONE}` } }, known)).toThrow(
    new OperationError(`\${secret:NONE} is unknown: set the environment variable NONE`),
  )
})
