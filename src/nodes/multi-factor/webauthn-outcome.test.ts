import { expect, test } from 'vitest'
import { readOutcome } from './webauthn-outcome.ts'

test.each([
  ['unsupported', { kind: 'unsupported' }],
  ['ERROR::NotAllowedError:No::thanks', { kind: 'error', error: 'NotAllowedError:No::thanks' }],
  ['{}::1,-2::id', { kind: 'credential', parts: ['{}', '1,-2', 'id'], authenticatorAttachment: undefined }],
  [
    '{"authenticatorAttachment":"platform","legacyData":"{}::1::id"}',
    { kind: 'credential', parts: ['{}', '1', 'id'], authenticatorAttachment: 'platform' },
  ],
  ['{"authenticatorAttachment":null,"legacyData":"unsupported"}', { kind: 'unsupported' }],
  ['webAuthnOutcome', { kind: 'credential', parts: ['webAuthnOutcome'], authenticatorAttachment: undefined }],
])('parses %s', (text, outcome) => {
  expect(readOutcome(text)).toEqual(outcome)
})
