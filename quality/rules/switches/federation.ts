import type { RuleSwitch } from '../rule-switch.ts'

const client = 'src/people/providers/social/client.ts'
const openId = 'src/nodes/federation/social-open-id-connect.test.ts'

/** Switches for what identity providers say about people. */
export const federationSwitches: readonly RuleSwitch[] = [
  {
    rule: 'S40',
    off: 'a provider without keys signs people in',
    file: client,
    from: 'if (isOpenId(settings) && !keys)',
    to: "if (isOpenId(settings) && keys === ' ')",
    tests: [`${openId}: names no keys`],
  },
  {
    rule: 'S40',
    off: 'nobody checks the signature of an ID token',
    file: client,
    from: 'if (isOpenId(settings)) openid.enableNonRepudiationChecks(client)',
    to: '',
    tests: [`${openId}: keys of somebody else`],
  },
  {
    rule: 'S40',
    off: 'an ID token that nobody checked names a person',
    file: 'src/people/providers/social/sign-in.ts',
    from: 'const idClaims = isOpenId(settings) ? tokens.claims() : undefined',
    to: 'const idClaims = tokens.claims()',
    tests: ['src/nodes/federation/social.test.ts: an ID token'],
  },
  {
    rule: 'S40',
    off: 'a redirect takes code, client secret and token to another server',
    file: client,
    from: "...text, redirect: 'manual' })",
    to: '...text })',
    tests: [`${openId}: to no other address by a redirect`],
  },
  {
    rule: 'S40',
    off: 'a redirect replaces the discovery document',
    file: client,
    from: "headers, redirect: 'manual' })",
    to: 'headers })',
    tests: [`${openId}: the discovery document is at another address`],
  },
  {
    rule: 'S40',
    off: 'the node accepts settings without the address of keys',
    file: 'src/nodes/federation/social-open-id-connect.ts',
    from: 'z.string().min(1)',
    to: 'z.string()',
    tests: [`${openId}: needs the address`],
  },
]
