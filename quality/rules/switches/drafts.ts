import type { RuleSwitch } from '../rule-switch.ts'

const tests = ['test/http/drafts.test.ts']

/** Switches for drafts of journeys. */
export const draftSwitches: readonly RuleSwitch[] = [
  {
    rule: 'S28',
    off: 'sign-ins run the draft of a journey',
    file: 'src/runtime/authenticate.ts',
    from: 'const find = isDraft ? findDraftStart : findJourneyStart',
    to: 'const find = start.authIndex?.type === "service" ? findDraftStart : findJourneyStart',
    tests,
  },
  {
    rule: 'S28',
    off: 'people who may not change journeys get a key that runs a draft',
    file: 'src/http/authentication/journey-sessions.ts',
    from: "      ...watchRun,\n      access,\n      resource: { kind: 'journey-sessions' },",
    to: "      ...watchRun,\n      access: 'helpdesk',\n      resource: { kind: 'journey-sessions' },",
    tests: ['test/http/drafts.test.ts: only people who may change journeys'],
  },
  {
    rule: 'S28',
    off: 'a key runs the draft of any journey',
    file: 'src/runtime/run-watches.ts',
    from: 'content?.realm === realm && (content.journey ?? journey) === journey',
    to: 'content?.realm === realm',
    tests: ['test/http/drafts.test.ts: a key runs the draft once'],
  },
  {
    rule: 'S28',
    off: 'the run of a draft signs a person in',
    file: 'src/runtime/authenticate.ts',
    from: 'noSession: root.noSession || isDraft,',
    to: 'noSession: root.noSession,',
    tests: ['test/http/drafts.test.ts: a key runs the draft once'],
  },
  {
    rule: 'S28',
    off: 'people who may not change journeys publish a draft',
    file: 'src/http/journeys/drafts.ts',
    from: "const common = { access: 'journeys', resource: { kind: 'draft' } } as const",
    to: "const common = { access: 'helpdesk', resource: { kind: 'draft' } } as const",
    tests: ['test/http/drafts.test.ts: only people who may change journeys'],
  },
  {
    rule: 'S28',
    off: 'a draft overwrites a journey that changed since it was begun',
    file: 'src/journeys/drafts/published-version.ts',
    from: 'return base !== published?.version',
    to: 'return base !== published?.version && false',
    tests: ['test/http/drafts.test.ts: a save over REST publishes at once'],
  },
  {
    rule: 'S28',
    off: 'secrets of drafts are stored in plain text',
    file: 'src/journeys/drafts/sealed-drafts.ts',
    from: 'sealedNode(node, sealer)] as const',
    to: 'node] as const',
    tests: ['test/http/secret-settings.test.ts: of a draft is sealed'],
  },
  {
    rule: 'S28',
    off: 'a draft takes the secret of a node of another journey',
    file: 'src/journeys/drafts/save-draft.ts',
    from: '    nodesLeft(sent, published?.whole, content)\n',
    to: '    void nodesLeft\n',
    tests: ['test/http/drafts.test.ts: refuses a draft without a base'],
  },
]
