import type { RuleSwitch } from '../rule-switch.ts'

const contract = 'src/store/sqlite/contracts.test.ts: a report of an attack'
const onePerson = 'test/help-desk/one-person.test.ts'

/** Switches of the help desk's rule H27: a report reaches all checks of its person. */
export const reportSwitches: readonly RuleSwitch[] = [
  {
    rule: 'H27',
    off: 'a check that opens beside the report can be approved',
    file: 'src/store/transaction-statements.ts',
    from: "change(db, 'approve', $, { sessionProperties }).where(isUnreported(reportedAfter))",
    to: "change(db, 'approve', $, { sessionProperties })",
    tests: [contract],
  },
  {
    rule: 'H27',
    off: 'a result can be used beside the report',
    file: 'src/store/verifications.ts',
    from: ', transactions.isUnreported($.reportedAfter)',
    to: '',
    tests: [contract],
  },
  {
    rule: 'H27',
    off: 'a vouch about the person goes on',
    file: 'src/store/transaction-statements.ts',
    from: "eb('reports.subjectId', '=', eb.ref('transactions.vouchForId')),",
    to: '',
    tests: [contract],
  },
  {
    rule: 'H27',
    off: 'the open checks of colleagues go on',
    file: 'src/help-desk/transactions/transactions.ts',
    from: 'const others = pauses ? await this.#othersAbout(existing)',
    to: 'const others = pauses && this.#store === undefined ? await this.#othersAbout(existing)',
    tests: [`${onePerson}: ends the open checks of all agents`],
  },
  {
    rule: 'H27',
    off: 'a paused result looks usable, and its grant is issued',
    file: 'src/help-desk/checks/grant.ts',
    from: "if (pausedUntil !== undefined) return { state: 'paused', until: pausedUntil }",
    to: '',
    tests: ['src/help-desk/checks/grant.test.ts', `${onePerson}: withholds a result`],
  },
  {
    rule: 'H27',
    off: 'a pause is lifted without a reason',
    file: 'contract/help-desk.ts',
    from: "z.trim(), z.minLength(1, 'must say why'), z.maxLength(200)",
    to: 'z.maxLength(200)',
    tests: [`${onePerson}: needs a reason`],
  },
  {
    rule: 'H27',
    off: 'a lead lifts the pause of a report that they never saw',
    file: 'src/store/verifications.ts',
    from: ".where('rejectedAt', '<=', $.reportedBy)",
    to: ".where('rejectedAt', 'is not', null)",
    tests: [contract, `${onePerson}: stays with its pause`],
  },
]
