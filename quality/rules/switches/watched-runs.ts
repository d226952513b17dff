import type { RuleSwitch } from '../rule-switch.ts'

const tests = ['test/journeys/watched-runs.test.ts']
const callersSide = ['test/help-desk/callers-side-of-a-run.test.ts']

/** What a run shows, and to whom. */
export const watchedRunSwitches: readonly RuleSwitch[] = [
  {
    rule: 'R8',
    off: 'a run that nobody watches keeps what a script threw',
    file: 'src/runtime/run-journey.ts',
    from: "...(entry.result === 'error' ? { reason: failureInWords(failedScript) } : {}),",
    to: '...(failureInWords(failedScript) === undefined ? {} : {}),',
    tests,
  },
  {
    rule: 'R8',
    off: 'an exception shows the secret that it contains',
    file: 'src/runtime/run-recorder.ts',
    from: 'cutText(this.#mask.text(exception.message))',
    to: 'cutText(exception.message)',
    tests,
  },
  {
    rule: 'R8',
    off: 'any administrator goes on as the caller of a run',
    file: 'src/http/authentication/continue-as-caller.ts',
    from: 'startedBy !== signedIn?.session.tokenHash',
    to: 'signedIn === undefined',
    tests: callersSide,
  },
  {
    rule: 'R8',
    off: 'a run that nobody watches gives its link away',
    file: 'src/http/authentication/continue-as-caller.ts',
    from: 'startedBy === undefined || startedBy !==',
    to: 'startedBy !== undefined && startedBy !==',
    tests: callersSide,
  },
  {
    rule: 'R8',
    off: 'a script of a run names the transaction of another one',
    file: 'src/http/authentication/continue-as-caller.ts',
    from: 'const isOwn = transaction?.openedBy.journeySession === id',
    to: 'const isOwn = transaction !== undefined',
    tests: callersSide,
  },
  {
    rule: 'R8',
    off: 'the audit trail keeps what a script says',
    file: 'src/runtime/run-summary.ts',
    from: 'textFor(type?.errors?.fail, reason) ?? meaningOf(entry, type)',
    to: 'textFor(type?.errors?.fail, reason) ?? reason',
    tests: ['test/journeys/watched-runs.test.ts: the audit trail has no text of a script'],
  },
  {
    rule: 'R8',
    off: 'a run of another realm can be kept as a test',
    file: 'src/http/authentication/keep-as-test.ts',
    from: 'stored === undefined || stored.realm !== realm.path',
    to: 'stored === undefined || realm.path === undefined',
    tests: callersSide,
  },
  {
    rule: 'R8',
    off: 'a key names a user agent that is no header',
    file: 'contract/journey-sessions.ts',
    from: '/^[!-~]+( +[!-~]+)*$/',
    to: '/^/',
    tests: callersSide,
  },
]
