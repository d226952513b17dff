import { expect, test } from 'vitest'
import { totp } from '../../src/testing/totp.ts'
import { exportOf, scripted, tested } from '../support/walk-project.ts'

// RFC 6238, appendix B: the key as text is 12345678901234567890.
const key = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

test('an authenticator app shows the codes of RFC 6238', () => {
  expect(totp(key, 59_000)).toBe('287082')
  expect(totp(`otpauth://totp/Sidegate:alex?secret=${key}&digits=8`, 1_111_111_109_000)).toBe('07081804')
  expect(totp(`otpauth://totp/Sidegate:alex?secret=${key}&period=60`, 119_000)).toBe(totp(key, 59_000))
})

const twoFactors = exportOf('TwoFactors', {
  Name: { type: 'UsernameCollectorNode', to: { outcome: 'App' } },
  App: {
    type: 'OathTokenVerifierNode',
    to: { successOutcome: 'success', failureOutcome: 'failure', notRegisteredOutcome: 'failure' },
  },
})
const register = exportOf('Register', {
  Name: { type: 'UsernameCollectorNode', to: { outcome: 'Scan' } },
  Scan: {
    type: 'OathRegistrationNode',
    config: { generateRecoveryCodes: false },
    to: { successOutcome: 'App', failureOutcome: 'failure' },
  },
  App: {
    type: 'OathTokenVerifierNode',
    to: { successOutcome: 'success', failureOutcome: 'failure', notRegisteredOutcome: 'failure' },
  },
})

test('a person with an authenticator app enters its code', async () => {
  const walk = `
journey: TwoFactors
people: { alex: { authenticatorApp: true }, kim: {} }
walks:
  - it: accepts the code
    steps: [{ answer: { NameCallback: alex } }, { answer: { NameCallback: "\${alex.totp}" }, ends: success }]
    people: { alex: { oathDeviceProfiles: changed } }
  - it: asks a person without an app
    steps: [{ answer: { NameCallback: kim } }, { answer: { NameCallback: "\${kim.totp}" } }]
`
  const { output, status } = await tested({ 'TwoFactors.json': twoFactors, 'app.walk.yaml': walk })
  expect(status).toBe(2)
  expect(output).toContain('${kim.totp} is unknown')
  expect(output).toContain('2 walks: 1 passed, 1 broken')
})

test('an app that a journey registers shows codes of the kept URI', async () => {
  const walk = `
journey: Register
people: { alex: {} }
walks:
  - it: registers an app and asks for its code
    steps:
      - { answer: { NameCallback: alex }, keep: { app: '/otpauth:.*/' } }
      - { answer: {}, asks: NameCallback }
      - { answer: { NameCallback: "\${totp:app}" }, ends: success }
    people: { alex: { oathDeviceProfiles: changed } }
`
  const { output } = await tested({ 'Register.json': register, 'app.walk.yaml': walk })
  expect(output).toMatch(/^1 walk: 1 passed/)
})

test('a failure shows no code of an authenticator app', async () => {
  const journey = exportOf(
    'Echo',
    {
      Name: { type: 'UsernameCollectorNode', to: { outcome: 'Read' } },
      Read: scripted('read', { done: 'failure' }),
    },
    { read: `nodeState.get('username')\naction.goTo('done')` },
  )
  const walk = `
journey: Echo
people: { alex: { authenticatorApp: true } }
walks:
  - it: succeeds
    steps: [{ answer: { NameCallback: "\${alex.totp}" } }]
    ends: success
`
  const { output } = await tested({ 'Echo.json': journey, 'echo.walk.yaml': walk })
  expect(output).toContain('read     username "••••••"')
  expect(output).not.toMatch(/\b\d{6}\b/)
})
