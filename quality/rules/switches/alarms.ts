import type { RuleSwitch } from '../rule-switch.ts'

const wire = 'test/help-desk/alarms.test.ts'
const rules = 'src/help-desk/alarms/alarms.test.ts'
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
    from: "    .where('involved', 'not like', $.party),",
    to: "    .where('involved', 'not like', $.party + ' '),",
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
    from: "        .where('alarms.raisedAt', '<=', since),",
    to: '',
    tests: [contract],
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
