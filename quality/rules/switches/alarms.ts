import type { RuleSwitch } from '../rule-switch.ts'

const wire = 'test/help-desk/alarms.test.ts'
const rules = 'src/help-desk/alarms/alarms.test.ts'
const told = 'src/help-desk/transactions/transactions.test.ts'
const contract = 'src/store/sqlite/contracts.test.ts: alarms'

/** Switches of the rule H26: alarms of leads. */
export const alarmSwitches: readonly RuleSwitch[] = [
  {
    rule: 'H26',
    off: 'nobody notices that one person is checked again and again',
    file: 'src/help-desk/transactions/transactions.ts',
    from: "  create: 'callerCheckedOften',\n",
    to: '',
    tests: [`${wire}: although every check is cancelled`],
  },
  {
    rule: 'H26',
    off: 'nobody notices many denials',
    file: 'src/help-desk/transactions/transactions.ts',
    from: "this.#alarms?.noticed(idHash, 'denials')",
    to: 'void 0',
    tests: [`${wire}: raise one alarm`],
  },
  ...(
    [
      ['a check whose journey failed', "  deny: 'failures',\n"],
      ['a caller who fails to sign in', "  signInFailed: 'failures',\n"],
      ['another person who signs in with a link', "  wrongPerson: 'denials',\n"],
    ] as const
  ).map(
    ([event, from]): RuleSwitch => ({
      rule: 'H26',
      off: `nobody notices ${event}`,
      file: 'src/help-desk/transactions/transactions.ts',
      from,
      to: '',
      tests: [`${told}: alarms count`],
    }),
  ),
  {
    rule: 'H26',
    off: 'nobody notices that codes are guessed',
    file: 'src/help-desk/checks/verifications.ts',
    from: "alarms.noticed(idHash, 'failures')",
    to: 'void 0',
    tests: [`${told}: the last wrong code`],
  },
  {
    rule: 'H26',
    off: 'agents read alarms and take them off the wall',
    file: 'src/http/help-desk/alarms/alarms.ts',
    from: "const access = 'transactions'",
    to: "const access = 'helpdesk'",
    tests: [`${wire}: are leads of the realm`],
  },
  {
    rule: 'H26',
    off: 'a lead acknowledges the alarm about their own checks',
    file: 'src/store/alarms.ts',
    from: "    .where(sql<boolean>`replace(${sql.ref('involved')}, ${$.party}, '') = ${sql.ref('involved')}`),\n",
    to: '',
    tests: [contract],
  },
  {
    rule: 'H26',
    off: 'the next window frees those who are involved in an alarm that nobody has read',
    file: 'src/help-desk/alarms/alarm-rules.ts',
    from: 'const ids = [...earlier, personId,',
    to: 'const ids = [personId,',
    tests: [`${rules}: stay involved`],
  },
  {
    rule: 'H26',
    off: 'two servers raise the same alarm',
    file: 'src/store/alarms.ts',
    from: "        .where((eb) => eb.fn.coalesce('alarms.acknowledgedAt', 'alarms.raisedAt'), '<=', since),\n",
    to: '',
    tests: [contract],
  },
  {
    rule: 'H26',
    off: 'a lead who acknowledges an alarm silences it for the rest of its window',
    file: 'src/help-desk/alarms/alarm-rules.ts',
    from: 'newest !== undefined && newest.acknowledgedAt === undefined && ',
    to: 'newest !== undefined && ',
    tests: [`${rules}: raises another one after a lead`],
  },
  {
    rule: 'H26',
    off: 'events that a lead has acknowledged raise the alarm again',
    file: 'src/help-desk/alarms/alarm-rules.ts',
    from: 'return Math.max(windowStart, newest?.acknowledgedAt ?? windowStart)',
    to: 'return newest === undefined ? windowStart : windowStart',
    tests: [`${rules}: only later events count`],
  },
  {
    rule: 'H26',
    off: 'a lead goes on while an alarm is unread, and acknowledges it then',
    file: 'src/help-desk/alarms/alarms.ts',
    from: 'if (standsFor(newest, windowStart)) return this.#extend(newest, windowStart)',
    to: 'if (standsFor(newest, windowStart)) return true',
    tests: [`${rules}: makes its agents involved`],
  },
  {
    rule: 'H26',
    off: 'an agent who passed a check on acknowledges the alarm about it',
    file: 'src/store/alarms.ts',
    from: ', agentId, ...earlier]',
    to: ', agentId, ...earlier.slice(earlier.length)]',
    tests: [`${contract} know the agents`],
  },
  {
    rule: 'H26',
    off: 'the second agent of a check acknowledges the alarm about it',
    file: 'src/store/alarms.ts',
    from: ', openedBy.secondAgent?.id, agentId,',
    to: ', agentId,',
    tests: [`${contract} know the agents`],
  },
  {
    rule: 'H26',
    off: 'a lead acknowledges alarms of another realm',
    file: 'src/store/alarms.ts',
    from: "    .where('id', '=', $.id)\n    .where('realm', '=', $.realm)\n    .where('acknowledgedAt', 'is', null)",
    to: "    .where('id', '=', $.id)\n    .where('acknowledgedAt', 'is', null)",
    tests: [contract],
  },
  {
    rule: 'H26',
    off: 'an alarm leaves no trace',
    file: 'src/server/wiring/alarms.ts',
    from: 'correlationId: randomUUID() }).record({',
    to: 'correlationId: randomUUID() }) && ({',
    tests: [`${wire}: raise one alarm`],
  },
]
