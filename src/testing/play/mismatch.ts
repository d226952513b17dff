/** The part of a walk that an expectation is about. */
export type Subject =
  | 'ends'
  | 'asks'
  | 'page'
  | 'path'
  | 'visits'
  | 'people'
  | 'mail'
  | 'calls'
  | 'told'
  | 'keep'
  | 'outcome'
  | 'writes'

/** A difference between a walk and what happened. */
export class Mismatch extends Error {
  override readonly name = 'Mismatch'
  readonly subject: Subject
  readonly expected: string
  readonly got: string
  /** Further lines, such as YAML to copy. */
  readonly more: readonly string[]

  constructor(subject: Subject, expected: string, got: string, more: readonly string[] = []) {
    super(`${subject}: expected ${expected}, got ${got}`)
    this.subject = subject
    this.expected = expected
    this.got = got
    this.more = more
  }
}
