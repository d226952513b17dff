import type { RuleSwitch } from '../rule-switch.ts'

const settingsTests = ['src/server/overview/settings-in-force.test.ts']
const outboxTests = [
  'src/store/sqlite/contracts.test.ts: under way',
  'src/store/sqlite/contracts.test.ts: between attempts',
]

/** Switches for the Server page, its outbox, and test messages. */
export const serverPageSwitches: readonly RuleSwitch[] = [
  {
    rule: 'R13',
    off: 'settings are shown with the passwords in their addresses',
    file: 'src/server/overview/settings-in-force.ts',
    from: '  return parsed.host\n',
    to: '  return parsed.href\n',
    tests: settingsTests,
  },
  {
    rule: 'R13',
    off: 'a password with characters that need encoding is shown in part',
    file: 'src/server/overview/settings-in-force.ts',
    from: ' || /@/.test(parsed.pathname + parsed.search + parsed.hash)',
    to: '',
    tests: settingsTests,
  },
  {
    rule: 'R13',
    off: 'lists of hosts are shown with a password that is in them by mistake',
    file: 'src/server/overview/settings-in-force.ts',
    from: "? entry : '(not a host)'",
    to: '? entry : entry',
    tests: settingsTests,
  },
  {
    rule: 'R13',
    off: 'everyone reads the outbox of all realms',
    file: 'src/http/operations/outbox.ts',
    from: "const access = 'administrator'",
    to: "const access = 'everyone'",
    tests: ['src/http/operations/server.test.ts: is for root administrators only'],
  },
  {
    rule: 'R13',
    off: 'an administrator sends any number of test emails',
    file: 'src/http/operations/server.ts',
    from: 'max: 10,',
    to: 'max: 0,',
    tests: ['src/http/operations/server.test.ts: can be sent ten times'],
  },
  {
    rule: 'R13',
    off: 'an email that is being sent can be sent a second time',
    file: 'src/store/mails.ts',
    from: "    .where('problem', 'is not', null)\n",
    to: '',
    tests: outboxTests.slice(0, 1),
  },
  {
    rule: 'R13',
    off: 'an email that is being sent can be discarded',
    file: 'src/store/mails.ts',
    from: "eb.or([eb('problem', 'is not', null), eb('attempts', '=', 0)])",
    to: "eb('attempts', '>=', 0)",
    tests: outboxTests.slice(1),
  },
  {
    rule: 'R14',
    off: 'a session that was left open sends test messages',
    file: 'src/http/realms/messaging-test.ts',
    from: '      dangerous: always,\n',
    to: '',
    tests: ['test/http/fresh-sign-in.test.ts: testing a gateway'],
  },
  {
    rule: 'R14',
    off: 'an administrator sends any number of test messages',
    file: 'src/http/realms/messaging-test.ts',
    from: '  await take(limits, testMessages(path))\n',
    to: '',
    tests: ['test/http/test-messages.test.ts: five test messages'],
  },
  {
    rule: 'R14',
    off: 'test messages go on when the messages of the realm are used up',
    file: 'src/http/realms/messaging-test.ts',
    from: '  await take(limits, messagesOfRealm(path, maxMessagesPerRealm))\n',
    to: '',
    tests: ['test/http/test-messages.test.ts: the limit of the realm'],
  },
  {
    rule: 'R14',
    off: 'test messages go to numbers of all countries',
    file: 'src/http/realms/messaging-test.ts',
    from: 'internationalNumber(to, defaultCountry, countries)',
    to: 'internationalNumber(to, defaultCountry)',
    tests: ['test/http/test-messages.test.ts: a number of a country'],
  },
]
