import type { RuleSwitch } from '../rule-switch.ts'

const check = {
  rule: 'S60',
  file: 'src/people/providers/social/id-token.ts',
  tests: ['src/people/providers/social/id-token.test.ts'],
} as const

/** Switches for ID tokens that clients bring. */
export const idTokenSwitches: readonly RuleSwitch[] = [
  {
    ...check,
    off: 'the token decides the algorithm',
    from: '        algorithms,\n',
    to: '        algorithms: [...algorithms, ...macs, ...signatures],\n',
  },
  { ...check, off: 'tokens of any issuer count', from: '        issuer,\n', to: '' },
  { ...check, off: 'tokens for any application count', from: '        audience,\n', to: '' },
  {
    ...check,
    off: 'a token needs no end and no subject',
    from: "requiredClaims: ['iss', 'aud', 'sub', 'iat', 'exp']",
    to: "requiredClaims: ['iss', 'aud']",
  },
  {
    ...check,
    off: 'a token counts for years',
    from: 'if (iat < now - maxSeconds || exp > now + maxSeconds)',
    to: 'if (iat < now - maxSeconds * 10_000 || exp > now + maxSeconds * 10_000)',
  },
  {
    ...check,
    off: 'a token for another party counts',
    from: "if (typeof azp !== 'string' || !authorisedParties.includes(azp)) {",
    to: "if (typeof azp !== 'string') {",
  },
  {
    ...check,
    off: 'keys are read over plain http, where anybody on the way can change them',
    from: 'if (!URL.canParse(url) || !isSafe(url))',
    to: 'if (!URL.canParse(url))',
  },
  {
    ...check,
    off: 'a private key that a provider published by mistake counts',
    from: "keys.filter(({ kty, d }) => kty !== 'oct' && d === undefined)",
    to: 'keys.filter(({ kty }) => kty !== undefined)',
  },
  {
    rule: 'S60',
    off: 'a request with two tokens leaves open which one counts',
    file: 'src/nodes/federation/oidc.ts',
    from: 'return values.length === 1 && values[0]?.trim()',
    to: 'return values[0]?.trim()',
    tests: ['src/nodes/federation/oidc.test.ts'],
  },
]
