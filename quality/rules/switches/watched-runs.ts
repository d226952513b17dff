import type { RuleSwitch } from '../rule-switch.ts'

const tests = ['test/journeys/watched-runs.test.ts']

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
]
