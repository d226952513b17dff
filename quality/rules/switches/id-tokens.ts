import type { RuleSwitch } from '../rule-switch.ts'

const check = {
  rule: 'S60',
  file: 'src/people/providers/social/id-token.ts',
  tests: ['src/people/providers/social/id-token.test.ts'],
} as const

const node = { rule: 'S60', file: 'src/nodes/federation/oidc.ts' } as const
const nodeTests = ['src/nodes/federation/oidc.test.ts']

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
    ...node,
    off: 'a request with two tokens leaves open which one counts',
    from: 'return values.length === 1 && values[0]?.trim()',
    to: 'return values[0]?.trim()',
    tests: nodeTests,
  },
  {
    ...check,
    off: 'an access token or an event counts as an ID token',
    from: 'if (!isJwt || !isNamedSo || events !== undefined) throw',
    to: 'if (!isJwt && !isNamedSo) throw',
  },
  {
    ...check,
    off: 'any text in the header makes the server send requests',
    from: 'checkKind(header, claimed)',
    to: 'await keyOf(source, read)\n        checkKind(header, claimed)',
  },
  {
    ...node,
    off: 'the claims of a refused token are logged',
    from: "log.warn('the ID token is not valid', problemOf(error))",
    to: "log.warn('the ID token is not valid', error)",
    tests: ['test/journeys/id-token-journeys.test.ts'],
  },
  {
    ...node,
    off: 'a valid ID token signs in without the node that identifies its person',
    from: "    return goTo('true')",
    to: "    return goTo('true', { identified: { kind: 'user', name: String(jwtClaims.sub) } })",
    tests: nodeTests,
  },
  {
    ...node,
    off: 'without a secret, the key is empty text that everybody has',
    from: "return secret ? { kind: 'secret', secret } : undefined",
    to: "return { kind: 'secret', secret: secret ?? '' }",
    tests: nodeTests,
  },
  {
    ...node,
    off: 'a node without a script lets the token through',
    from: 'if (isUnset(config.script)) return fail(`${untransformed}no script is chosen`)',
    to: "if (isUnset(config.script)) return goTo('true')",
    tests: nodeTests,
  },
]
