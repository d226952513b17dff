import type { RuleSwitch } from '../rule-switch.ts'

const rules = 'src/help-desk/checks/hand-over.ts'
const unit = 'src/help-desk/checks/hand-over.test.ts: is refused as'
const wire = 'test/help-desk/hand-over.test.ts'
const contracts = ['src/store/sqlite/contracts.test.ts']

/** Switches of H24: who becomes the agent of a check, and what a former agent keeps. */
export const handOverSwitches: readonly RuleSwitch[] = [
  {
    rule: 'H24',
    off: 'any agent takes over checks that nobody offered',
    file: rules,
    from: "return isLead ? 'lead' : undefined",
    to: "return isLead ? 'lead' : 'lead'",
    tests: [`${wire}: finds nothing without an offer`],
    attack: 'stolen check',
  },
  {
    rule: 'H24',
    off: 'an offer to one agent can be accepted by every agent',
    file: rules,
    from: 'offer.to === null || offer.to.id === id',
    to: "offer.to === null || id !== ''",
    tests: ['src/help-desk/checks/hand-over.test.ts: is based on'],
  },
  {
    rule: 'H24',
    off: 'an agent of another realm becomes the agent of a check',
    file: rules,
    from: 'to.realm !== check.realm || !to.mayVerify',
    to: '!to.mayVerify',
    tests: [unit, `${wire}: without an offer is a lead`],
    attack: 'stolen check',
  },
  {
    rule: 'H24',
    off: 'a check is offered to a person without the role',
    file: rules,
    from: 'to.realm !== check.realm || !to.mayVerify',
    to: 'to.realm !== check.realm',
    tests: [unit, `${wire}: gets %s for %s`],
  },
  {
    rule: 'H24',
    off: 'the second agent becomes the agent of the check',
    file: rules,
    from: 'if (check.openedBy.secondAgent?.id === to.id)',
    to: "if (check.openedBy.secondAgent?.id === '')",
    tests: [unit, `${wire}: the second agent of a check`],
  },
  {
    rule: 'H24',
    off: 'the caller, or the person who vouches, becomes the agent of the check',
    file: rules,
    from: 'if (check.subject?.id === to.id)',
    to: "if (check.subject?.id === '')",
    tests: [unit, `${wire}: without an offer is a lead`],
  },
  {
    rule: 'H24',
    off: 'the caller for whom another person vouches becomes the agent of the check',
    file: rules,
    from: "vouchFor !== undefined && isNamed(to, vouchFor) ? 'self' : undefined",
    to: 'undefined',
    tests: [unit],
  },
  {
    rule: 'H24',
    off: 'a withdrawn offer can be accepted',
    file: 'src/store/transaction-statements.ts',
    from: ".where('offeredTo', 'in', [\n    '',\n    assigneeId,\n  ])",
    to: '',
    tests: contracts,
  },
  {
    rule: 'H24',
    off: 'two agents who take over at once both succeed',
    file: 'src/store/transaction-statements.ts',
    from: "    .where('agentId', '=', agentId)\n    .where(isInHandOver(now))",
    to: '    .where(isInHandOver(now))',
    tests: contracts,
  },
  {
    rule: 'H24',
    off: 'a former agent uses the result at the moment of a take-over',
    file: 'src/store/verifications.ts',
    from: "\n        .where('agentId', '=', $.agentId),",
    to: ',',
    tests: contracts,
  },
  {
    rule: 'H24',
    off: 'the grant of a former agent is accepted',
    file: 'src/http/help-desk/checks/verification-grants.ts',
    from: "if (claims.agent !== agent) return 'agent'",
    to: "if (claims.agent === '') return 'agent'",
    tests: [`${wire}: the former agent can’t use`],
  },
  {
    rule: 'H24',
    off: 'the journey of a former agent gets the result',
    file: 'src/runtime/ports/backchannel-port.ts',
    from: 'if (wasTakenOver(transaction)) return withoutResult(transaction)\n',
    to: '',
    tests: [`${wire}: the former agent can’t use`],
  },
  {
    rule: 'H24',
    off: 'the feed of a former agent goes on',
    file: 'src/http/help-desk/transactions/transaction-access.ts',
    from: 'if (assignee !== undefined && assignee.id !== agent.id) return false\n',
    to: '',
    tests: [`${wire}: stays its agent until`],
  },
]
