import type { RuleSwitch } from '../rule-switch.ts'

const opening = 'test/help-desk/policies.test.ts: the opening of a check'
const result = 'test/help-desk/policies.test.ts: a result'
const delayed = 'test/help-desk/policies.test.ts: a delayed result'
const contracts = 'src/store/sqlite/contracts.test.ts'
const requirement = 'src/help-desk/checks/requirement.test.ts'
const people = 'src/help-desk/checks/policy-people.test.ts'

/** Switches of H23: what policies demand of an action and a person. */
export const policySwitches: readonly RuleSwitch[] = [
  {
    rule: 'H23',
    off: 'a check opens with a journey that can’t reach the level',
    file: 'src/help-desk/checks/opening-rules.ts',
    from: 'if (reachableLevel < requirement.level) {',
    to: 'if (reachableLevel < 0) {',
    tests: ['src/help-desk/checks/opening-rules.test.ts', opening],
    attack: 'policy bypass',
  },
  {
    rule: 'H23',
    off: 'a journey reaches any level',
    file: 'src/journeys/provable-methods.ts',
    from: 'return [...new Set(types.flatMap(({ proves = {} }) => Object.values(proves)))]',
    to: "return [...new Set(types.flatMap(({ proves = {} }) => Object.values({ ...proves, any: 'pop' as const })))]",
    tests: ['src/journeys/provable-methods.test.ts', opening],
  },
  {
    rule: 'H23',
    off: 'a result needs no second agent',
    file: 'src/help-desk/checks/grant.ts',
    from: 'if (needed.secondAgent && openedBy.secondAgent === undefined)',
    to: "if (needed.secondAgent && openedBy.secondAgent?.id === '')",
    tests: ['src/help-desk/checks/grant.test.ts', result],
  },
  {
    rule: 'H23',
    off: 'a change of settings or people weakens an open check',
    file: 'src/help-desk/checks/grant.ts',
    from: 'return stricter(requirement, current)',
    to: 'return stricter(current, requirement === current ? requirement : current)',
    tests: ['src/help-desk/checks/grant.test.ts', result],
    attack: 'policy bypass',
  },
  {
    rule: 'H23',
    off: 'a stricter policy doesn’t count for open checks',
    file: 'src/help-desk/checks/grant.ts',
    from: 'return stricter(requirement, current)',
    to: 'return stricter(requirement, current === requirement ? current : requirement)',
    tests: ['src/help-desk/checks/grant.test.ts', result],
  },
  {
    rule: 'H23',
    off: 'another spelling of an action avoids its policy',
    file: 'src/help-desk/checks/requirement.ts',
    from: 'return action !== undefined && actions.map(normalized).includes(normalized(action))',
    to: 'return action !== undefined && actions.includes(action)',
    tests: [requirement, opening],
  },
  {
    rule: 'H23',
    off: 'a deleted person is under no policy',
    file: 'src/help-desk/checks/requirement.ts',
    from: "if (person === 'unknown') return true",
    to: "if (person === 'unknown') return false",
    tests: [requirement, result],
  },
  {
    rule: 'H23',
    off: 'a vouch without a named person avoids policies',
    file: 'src/help-desk/checks/requirement.ts',
    from: "return person === 'unnamed' || matchesPerson(people, person)",
    to: "return person !== 'unnamed' && matchesPerson(people, person)",
    tests: [requirement],
  },
  {
    rule: 'H23',
    off: 'the person vouched for is under no policy',
    file: 'src/help-desk/checks/current-requirement.ts',
    from: '...(await vouchedFor())]',
    to: '...(await vouchedFor()).slice(0, 0)]',
    tests: ['test/help-desk/policies-of-vouches.test.ts'],
  },
  {
    rule: 'H23',
    off: 'a journey names another person than the one whose policies count',
    file: 'src/runtime/ports/opening-requirements.ts',
    from: 'return { ...purpose, vouchFor, vouchForId: person.id }',
    to: 'return { ...purpose, vouchFor: purpose.vouchFor ?? vouchFor }',
    tests: ['test/help-desk/policies-of-vouches.test.ts'],
  },
  {
    rule: 'H23',
    off: 'an attribute that can’t be read avoids a policy',
    file: 'src/help-desk/checks/policy-people.ts',
    from: "names === 'unreadable' || sharesOne(wanted, names)",
    to: "names !== 'unreadable' && sharesOne(wanted, names)",
    tests: [people],
  },
  {
    rule: 'H23',
    off: 'a delayed result can be used at once',
    file: 'src/help-desk/checks/grant.ts',
    from: "return usableAt > now ? { state: 'waiting', usableAt, expiresAt }",
    to: "return usableAt > now + 1e12 ? { state: 'waiting', usableAt, expiresAt }",
    tests: ['src/help-desk/checks/grant.test.ts'],
  },
  {
    rule: 'H23',
    off: 'the store accepts a result before its delay is over',
    file: 'src/store/verifications.ts',
    from: "        .where('endedAt', '<=', endedBy),",
    to: "        .where('endedAt', '<=', 1e15),",
    tests: [contracts],
  },
  {
    rule: 'H23',
    off: 'a withdrawn result can be used',
    file: 'src/store/verifications.ts',
    from: "    .where('withdrawnAt', 'is', null)\n",
    to: '',
    tests: [contracts],
  },
  {
    rule: 'H23',
    off: 'a withdrawal during the delay is forgotten',
    file: 'src/help-desk/checks/grant.ts',
    from: 'if (withdrawnAt === undefined) return undefined',
    to: 'if (withdrawnAt === undefined || withdrawnAt > 0) return undefined',
    tests: ['src/help-desk/checks/grant.test.ts', delayed],
    attack: 'policy bypass',
  },
  {
    rule: 'H23',
    off: 'any agent can withdraw the result of a colleague',
    file: 'src/http/help-desk/checks/verification-grants.ts',
    from: 'const agent = await visibleAgent(call)',
    to: 'const agent: string | undefined = undefined',
    tests: [delayed],
  },
]
