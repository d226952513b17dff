/**
 * One clause of a rule in SECURITY.md, switched off: a source change that removes the protection, and the tests and
 * attacks that must fail while it is off.
 */
export type RuleSwitch = {
  /** A rule of the help desk (H…) or the server (R…), or a finding of the security review (S…), as in SECURITY.md. */
  rule: `H${number}` | `R${number}` | `S${number}`
  /** The consequence of turning the rule off. */
  off: string
  file: string
  /** Occurs exactly once in the file. */
  from: string
  to: string
  /** Each must have a failing test: a test file, or `file: part of the test's name` to run only the tests named so. */
  tests: readonly string[]
  /** Name of an attack that must succeed while it is off. */
  attack?: string
}

/** An entry of `tests`. Without a name, all tests of the file run. */
export function namedTest(entry: string): { file: string; name: string | undefined } {
  const end = entry.indexOf(': ')
  return end < 0
    ? { file: entry, name: undefined }
    : { file: entry.slice(0, end), name: entry.slice(end + 2) }
}
