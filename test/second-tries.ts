import type { Reporter, TestModule } from 'vitest/node'

/** Names the tests that a run had to try again: each is a race that somebody has to find. */
export default class SecondTries implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const triedAgain = tests.filter((test) => (test.diagnostic()?.retryCount ?? 0) > 0)
    for (const test of triedAgain) {
      // biome-ignore lint/suspicious/noConsole: a reporter's work is to print
      console.log(`Tried again: ${test.module.relativeModuleId} > ${test.fullName}`)
    }
  }
}
