import type { RuleSwitch } from '../rule-switch.ts'

const rules = 'src/help-desk/approvals/approval-rules.ts'
const tests = ['src/help-desk/approvals/approval-rules.test.ts']
const attack = 'lone approver'

/** Switches for approvals by a second agent. */
export const approvalSwitches: readonly RuleSwitch[] = [
  {
    rule: 'H25',
    off: 'an agent can approve their own check',
    file: rules,
    from: '  if (approver.id === asked.requestedBy.id) {',
    to: "  if (approver.id === '') {",
    tests,
    attack,
  },
  {
    rule: 'H25',
    off: 'an agent can approve a check of themselves',
    file: rules,
    from: 'if (approver.id === subject.id || approver.id === chosenId) return true',
    to: "if (approver.id === '') return true",
    tests,
    attack,
  },
  {
    rule: 'H25',
    off: 'a person without the right to verify callers, or of another realm, can approve',
    file: rules,
    from: '  if (approver.realm !== asked.realm || !approver.isAgent) {',
    to: "  if (asked.realm === '') {",
    tests,
    attack,
  },
  {
    rule: 'H25',
    off: 'an approval counts for another caller',
    file: rules,
    from: '    subject.id === opening.subjectId &&\n',
    to: '',
    tests,
    attack,
  },
  {
    rule: 'H25',
    off: 'an approval counts for another action',
    file: rules,
    from: '    isSamePurpose(approval.purpose, opening.purpose)\n',
    to: '    isSamePurpose(approval.purpose, approval.purpose)\n',
    tests,
    attack,
  },
  {
    rule: 'H25',
    off: 'an approval counts in another journey session',
    file: rules,
    from: '    journeySession === opening.journeySession &&\n',
    to: '',
    tests,
  },
  {
    rule: 'H25',
    off: 'an old approval counts',
    file: rules,
    from: 'if (usedAt !== undefined || answeredAt <= now - approvalLifeMs) return false',
    to: 'if (usedAt !== undefined || answeredAt <= now - 2 * approvalLifeMs) return false',
    tests,
  },
  {
    rule: 'H25',
    off: 'an approval opens two checks',
    file: 'src/store/approvals.ts',
    from: "    .where('usedAt', 'is', null),\n",
    to: "    .where('usedAt', 'is not', 0),\n",
    tests: ['src/store/sqlite/contracts.test.ts'],
  },
  {
    rule: 'H25',
    off: 'a request gets two answers',
    file: 'src/store/approvals.ts',
    from: "    .where('state', '=', 'waiting')\n    .where('expiresAt', '>', now),\n",
    to: "    .where('expiresAt', '>', now),\n",
    tests: ['src/store/sqlite/contracts.test.ts'],
  },
  {
    rule: 'H25',
    off: 'the role of the second agent is not read again when the check is opened',
    file: 'src/runtime/ports/approved-second-agent.ts',
    from: '    if (approverRefusal(approval, approver) === undefined) return approval\n',
    to: '    if (approver.realm === realm) return approval\n',
    tests: ['test/help-desk/two-agents.test.ts'],
    attack,
  },
  {
    rule: 'H25',
    off: 'an unattended desk can approve',
    file: 'src/http/help-desk/approvals/approvals.ts',
    from: "query.get('_action') === 'approve' },",
    to: "query.get('_action') === '' },",
    tests: ['test/help-desk/two-agents.test.ts'],
    attack,
  },
]
