import type { RuleSwitch } from '../rule-switch.ts'

const wire = 'test/help-desk/leads.test.ts'
const contract = 'src/store/sqlite/contracts.test.ts: checks for leads'

/** Switches of the rule H22: what leads see, and who is a lead. */
export const leadSwitches: readonly RuleSwitch[] = [
  {
    rule: 'H22',
    off: 'agents see the wall',
    file: 'src/http/help-desk/leads/wall.ts',
    from: "access: 'transactions',",
    to: "access: 'helpdesk',",
    tests: [`${wire}: help-desk/wall is for leads`],
  },
  {
    rule: 'H22',
    off: 'agents see the numbers of their colleagues',
    file: 'src/http/help-desk/leads/numbers.ts',
    from: "access: 'transactions',",
    to: "access: 'helpdesk',",
    tests: [`${wire}: loses wall, numbers and export`],
  },
  {
    rule: 'H22',
    off: 'agents export the checks of all agents',
    file: 'src/http/help-desk/leads/export.ts',
    from: "access: 'transactions',",
    to: "access: 'helpdesk',",
    tests: [`${wire}: loses wall, numbers and export`],
  },
  {
    rule: 'H22',
    off: 'the wall has checks of other realms',
    file: 'src/store/leads.ts',
    from: ".select(facts)\n    .where('transactions.realm', '=', $.realm)\n    .where((eb) =>\n      eb.or([\n        eb.and([\n          eb('transactions.expiresAt',",
    to: ".select(facts)\n    .where('transactions.realm', '!=', $.realm + '-')\n    .where((eb) =>\n      eb.or([\n        eb.and([\n          eb('transactions.expiresAt',",
    tests: [contract],
  },
  {
    rule: 'H22',
    off: 'numbers and export have checks of other realms',
    file: 'src/store/leads.ts',
    from: ".where('transactions.realm', '=', $.realm)\n    .where('transactions.createdAt', '>=', $.from)",
    to: ".where('transactions.realm', '!=', $.realm + '-')\n    .where('transactions.createdAt', '>=', $.from)",
    tests: [contract],
  },
  {
    rule: 'H22',
    off: 'an agent takes the alarm of their own check off the wall',
    file: 'src/store/transaction-statements.ts',
    from: ".where((eb) => eb.or([eb('agentId', 'is', null), eb('agentId', '!=', $.readerId)]))",
    to: '',
    tests: ['src/store/sqlite/contracts.test.ts: reads a rejection for no lead'],
  },
  {
    rule: 'H22',
    off: 'the wall drops an alarm that only its agent has read',
    file: 'src/store/leads.ts',
    from: "eb('leadReadAt', 'is', null)",
    to: "eb('rejectionReadAt', 'is', null)",
    tests: [contract],
  },
  {
    rule: 'H22',
    off: 'the wall has the ids of people',
    file: 'src/http/help-desk/leads/wall.ts',
    from: 'return { ...row, openedAt',
    to: 'return { ...row, ...{ subjectId }, openedAt',
    tests: [`${wire}: and no secret`],
  },
  {
    rule: 'H22',
    off: 'an exported ticket is a formula in a spreadsheet',
    file: 'src/help-desk/leads/export-line.ts',
    from: 'const text = value.replaceAll(formulas, "\'")',
    to: 'const text = value',
    tests: ['src/help-desk/leads/numbers.test.ts: a line of CSV'],
  },
  {
    rule: 'H22',
    off: 'a session at an unattended desk exports the checks',
    file: 'src/http/help-desk/leads/export.ts',
    from: '      dangerous: always,\n',
    to: '',
    tests: ['test/http/fresh-sign-in.test.ts: is rejected for a session older'],
  },
  {
    rule: 'H22',
    off: 'an export leaves no trace',
    file: 'src/http/help-desk/leads/export.ts',
    from: 'audit(call).record({',
    to: 'void ({',
    tests: [`${wire}: is audited`],
  },
]
