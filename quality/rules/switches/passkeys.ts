import type { RuleSwitch } from '../rule-switch.ts'

const node = 'src/nodes/multi-factor/webauthn-authentication.ts'
const page = 'src/nodes/utilities/page.ts'
const nodeTest = 'src/nodes/multi-factor/webauthn-authentication.test.ts'
const deviceTest = 'test/people/device-list.test.ts'
const pageTest = 'src/nodes/utilities/page-outcomes.test.ts'

export const passkeySwitches: readonly RuleSwitch[] = [
  {
    rule: 'S41',
    off: 'the name typed beside a passkey of another person signs in',
    file: page,
    from: "if (part === 'leaves' ||",
    to: 'if (',
    tests: [`${pageTest}: never runs the fields`],
  },
  {
    rule: 'S41',
    off: 'a name that was typed earlier stays when a passkey leaves the page',
    file: page,
    from: 'if (isWaiting && first < children.length)',
    to: 'if (isWaiting && first < 0)',
    tests: [`${pageTest}: forgets the fields`],
  },
  {
    rule: 'S41',
    off: 'an attribute that was typed earlier stays when a passkey leaves the page',
    file: page,
    from: 'if (key === container) continue',
    to: '',
    tests: [`${pageTest}: forgets the fields`],
  },
  {
    rule: 'S41',
    off: 'a refused passkey is ignored if a password is typed beside it',
    file: 'src/nodes/multi-factor/webauthn-authentication.ts',
    from: "yields: ['unsupported', 'error'] }",
    to: "yields: ['unsupported', 'error', 'failure'] }",
    tests: [`${pageTest}: a passkey that is refused`],
  },
  {
    rule: 'S41',
    off: 'an unused offer of a passkey counts as an attempt',
    file: node,
    from: 'sent === undefined || unused.has(sent)',
    to: 'sent === undefined',
    tests: [`${nodeTest}: asks again in version 2.0`],
  },
  {
    rule: 'S41',
    off: 'a passkey signs in the person whose name was typed',
    file: node,
    from: "state.putShared('username', person.userName)",
    to: "state.putShared('username', state.getText('username') ?? person.userName)",
    tests: [`${nodeTest}: identifies the person in version 2.0 only by the passkey`],
  },
  {
    rule: 'S41',
    off: 'a challenge can be answered twice',
    file: node,
    from: '  state.remove(challengeKey)\n',
    to: '',
    tests: [`${nodeTest}: identifies the person in version 2.0 only by the passkey`],
  },
  {
    rule: 'S42',
    off: 'the rule of a session about removing devices has no effect',
    file: 'src/http/people/devices.ts',
    from: 'if (at.isOwn && !mayRemove(at))',
    to: 'if (at.isOwn && !mayRemove(at) && at.kind === undefined)',
    tests: [`${deviceTest}: with the rule SAME`],
  },
  {
    rule: 'S42',
    off: 'any second factor removes any other',
    file: 'src/http/people/devices.ts',
    from: "rule === 'ANY' ?",
    to: "rule !== 'NONE' ?",
    tests: [`${deviceTest}: with the rule SAME`],
  },
  {
    rule: 'S42',
    off: 'a client can lift the rule of its session',
    file: 'src/engine/system-properties.ts',
    from: 'systemProperties.has(name) || journeyProperties.has(name)',
    to: 'systemProperties.has(name) || name === methodsProperty',
    tests: [
      'test/http/sessions.test.ts: don’t allow setting deviceManagement',
      'test/http/protected-properties.test.ts',
    ],
  },
  {
    rule: 'S42',
    off: 'an unattended session removes second factors of its person',
    file: 'src/http/people/devices.ts',
    from: '      dangerous: always,\n',
    to: '',
    tests: ['test/http/fresh-sign-in.test.ts'],
  },
  {
    rule: 'S42',
    off: 'anyone lists the sessions of anyone',
    file: 'src/http/authentication/session-list.ts',
    from: "if (call.realm.path !== realm || param(call, 'id') !== identityId)",
    to: "if (realm === '' && identityId === '')",
    tests: ['test/http/session-list.test.ts', 'test/http/decisions.test.ts'],
  },
  {
    rule: 'S42',
    off: 'a client sets the methods of its session',
    file: 'src/engine/system-properties.ts',
    from: 'systemProperties.has(name) || journeyProperties.has(name)',
    to: 'systemProperties.has(name) || name === deviceManagementProperty',
    tests: ['test/http/protected-properties.test.ts'],
  },
  {
    rule: 'S42',
    off: 'a client sets who is signed in and how, if its realm shows these properties',
    file: 'src/engine/system-properties.ts',
    from: 'systemProperties.has(name) || journeyProperties.has(name)',
    to: 'journeyProperties.has(name)',
    tests: ['test/http/protected-properties.test.ts'],
  },
]
