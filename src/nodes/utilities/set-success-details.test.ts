import { expect, test } from 'vitest'
import { runNode } from '../../../test/support/run-node.ts'
import { setSuccessDetails } from './set-success-details.ts'

test('adds details, properties and headers to the outcome', async () => {
  const { action } = await runNode(setSuccessDetails, {
    config: {
      successDetails: { method: 'password', limits: '{"tries":3}' },
      sessionProperties: { who: 'UserId' },
      headerControl: { 'X-Desk': 'north' },
    },
  })
  expect(action).toEqual({
    kind: 'goTo',
    outcome: 'outcome',
    successDetails: {
      values: { method: 'password', limits: { tries: 3 } },
      sessionProperties: { who: 'UserId' },
      headers: { 'x-desk': 'north' },
    },
  })
})

test.each([
  ['that the server needs', 'Content-Type', 'text/html'],
  ['that sets a cookie', 'set-cookie', 'a=b'],
  ['that sets a cookie, in upper case', 'SET-COOKIE', 'a=b'],
  ['that deletes the cookies of the host', 'Clear-Site-Data', '"cookies"'],
  ['that lets another site read the response', 'Access-Control-Allow-Origin', 'https://evil.example'],
  ['that loosens the content security policy', 'Content-Security-Policy', 'script-src *'],
  ['that ends the enforcement of TLS', 'Strict-Transport-Security', 'max-age=0'],
  ['with an invalid name', 'X Desk', 'north'],
  ['with a value of two lines', 'X-Desk', 'a\nb'],
  ['with letters that are invalid in HTTP', 'X-Desk', 'č'],
])('skips and logs a header %s', async (_case, name, value) => {
  const { action, log } = await runNode(setSuccessDetails, { config: { headerControl: { [name]: value } } })
  expect(action).toMatchObject({ successDetails: { headers: {} } })
  expect(log).toEqual([{ level: 'warn', message: `Response header ${name} cannot be set` }])
})

test.each(['tokenId', 'successUrl', 'realm'])('rejects the member %s', (name) => {
  expect(setSuccessDetails.config.safeParse({ successDetails: { [name]: 'x' } }).success).toBe(false)
  expect(setSuccessDetails.config.safeParse({ sessionProperties: { [name]: 'x' } }).success).toBe(false)
})

test('accepts an empty map written as a list', () => {
  expect(setSuccessDetails.config.safeParse({ successDetails: [], sessionProperties: [] }).success).toBe(true)
})
