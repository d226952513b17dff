import type { RuleSwitch } from '../rule-switch.ts'

const directoryTests = ['test/people/directory-secrets.test.ts']

const samples: readonly RuleSwitch[] = [
  {
    rule: 'S04',
    off: 'a new data folder gets the sample people although the base URL is public',
    file: 'src/config.ts',
    from: 'isLoopback(host) && !isPublicUrl && ',
    to: 'isLoopback(host) && ',
    tests: ['src/config.test.ts'],
  },
  {
    rule: 'S04',
    off: 'a new data folder gets the sample people behind a proxy',
    file: 'src/config.ts',
    from: '!isPublicUrl && trustedProxies.length === 0',
    to: '!isPublicUrl',
    tests: ['src/config.test.ts'],
  },
  {
    rule: 'S04',
    off: 'an administrator adds sample people to a server that others reach',
    file: 'src/config.ts',
    from: "reach.isPrivate && env.SIDEGATE_SAMPLES !== 'off'",
    to: "env.SIDEGATE_SAMPLES !== 'off'",
    tests: ['src/config.test.ts'],
  },
  {
    rule: 'S04',
    off: 'an administrator adds sample people although the operator wants none',
    file: 'src/config.ts',
    from: "reach.isPrivate && env.SIDEGATE_SAMPLES !== 'off'",
    to: 'reach.isPrivate',
    tests: ['src/config.test.ts'],
  },
  {
    rule: 'S04',
    off: 'the server adds sample people whatever its settings say',
    file: 'src/starters/starters.ts',
    from: '    if (refusal !== undefined) throw new RequestError(403, refusal)\n',
    to: '',
    tests: ['test/http/starters.test.ts: are refused'],
  },
  {
    rule: 'S04',
    off: 'an administrator adds sample people although a proxy forwards requests for a host of a realm',
    file: 'src/http/realms/reached.ts',
    from: '    ...allowedHosts,\n',
    to: '    ...allowedHosts.slice(1000),\n',
    tests: ['test/http/starters.test.ts: are refused'],
  },
  {
    rule: 'S04',
    off: 'an administrator adds sample people although links of a realm lead to another host',
    file: 'src/http/realms/reached.ts',
    from: "linkBaseUrl === '' ? []",
    to: "linkBaseUrl !== '/' ? []",
    tests: ['test/http/starters.test.ts: are refused'],
  },
  {
    rule: 'S04',
    off: 'an administrator adds sample people through a proxy that forwards any name',
    file: 'src/http/realms/reached.ts',
    from: 'return [headers.host, ...ofRealms]',
    to: 'return ofRealms',
    tests: ['test/http/starters.test.ts: are refused'],
  },
  {
    rule: 'S04',
    off: 'the server adds sample people although others reach it',
    file: 'src/starters/starters.ts',
    from: 'this.#from.allowsSamplePeople && !isReached',
    to: 'this.#from.allowsSamplePeople && isReached !== undefined',
    tests: ['test/http/starters.test.ts: are refused'],
  },
  {
    rule: 'S04',
    off: 'an unattended session adds sample people',
    file: 'src/http/realms/starters.ts',
    from: "call.query.get('_action') === 'add' && starterNamed",
    to: "call.query.get('_action') === 'none' && starterNamed",
    tests: ['test/http/fresh-sign-in.test.ts: adding sample people'],
  },
  {
    rule: 'S04',
    off: 'nothing warns of sample people with their published passwords',
    file: 'src/server/start-warnings.ts',
    from: '    await warnOfSamplePasswords({ realms, identities, passwords }, log)\n',
    to: '    void warnOfSamplePasswords\n',
    tests: directoryTests,
  },
]

const weakerTests = ['test/http/starters.test.ts: a realm with a sign-in of its own']

const weakerSignIns: readonly RuleSwitch[] = [
  {
    rule: 'S29',
    off: 'starters add sign-ins by password alone beside a stronger one',
    file: 'src/starters/weaker-sign-ins.ts',
    from: 'present.get(journey._id)?.enabled ?? false',
    to: 'present.get(journey._id)?.enabled ?? true',
    tests: weakerTests,
  },
  {
    rule: 'S29',
    off: 'replacing a journey with the sample turns it on',
    file: 'src/starters/weaker-sign-ins.ts',
    from: '{ ...journey, enabled: present.get(journey._id)?.enabled',
    to: '{ ...journey, enabled: present.has(journey._id) ? true : present.get(journey._id)?.enabled',
    tests: weakerTests,
  },
  {
    rule: 'S29',
    off: 'a changed journey with the name of a sample counts as the sample',
    file: 'src/starters/weaker-sign-ins.ts',
    from: 'passwordSignIns.has(name) && isDeepStrictEqual(nodesOf(name, samples), nodesOf(name, realm))',
    to: 'passwordSignIns.has(name) && isDeepStrictEqual([samples], [samples]) && nodesOf(name, realm).length < 1000',
    tests: ['test/http/starters.test.ts: stays, unless it is to be replaced'],
  },
]

/** Switches for samples, and for starters in existing realms. */
export const starterSwitches: readonly RuleSwitch[] = [...samples, ...weakerSignIns]
