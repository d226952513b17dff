import { expect, test } from 'vitest'
import { withoutUnverifiedAddress } from './sign-in.ts'

const email = 'ann@example.com'

test.each([[false], ['false']])('an address with email_verified %j is left out', (email_verified) => {
  const claims = { sub: '1', email, email_verified }
  expect(withoutUnverifiedAddress(claims)).toEqual({ sub: '1', email_verified })
})

test.each([[{ email }], [{ email, email_verified: true }], [{ email, email_verified: 'true' }]])(
  'the address stays with %j',
  (claims) => {
    expect(withoutUnverifiedAddress(claims)).toEqual(claims)
  },
)
