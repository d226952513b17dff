import type { RecordedStep } from '../../engine/recorded-step.ts'

/** The part of a walk that an expectation is about. */
export type Subject =
  | 'ends'
  | 'session'
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

/** A difference between a walk and what happened, in words. */
export type WalkDifference = {
  subject: Subject
  expected: string
  got: string
  /** Further lines, such as YAML to copy. */
  more: readonly string[]
}

/** A difference that ends a check. */
export class Mismatch extends Error implements WalkDifference {
  override readonly name = 'Mismatch'
  readonly subject: Subject
  readonly expected: string
  readonly got: string
  readonly more: readonly string[]
  /** The node at which a path differs. */
  readonly step: RecordedStep | undefined

  constructor(
    subject: Subject,
    expected: string,
    got: string,
    more: readonly string[] = [],
    step?: RecordedStep,
  ) {
    super(`${subject}: expected ${expected}, got ${got}`)
    this.subject = subject
    this.expected = expected
    this.got = got
    this.more = more
    this.step = step
  }

  /** Without the error, so that threads can pass it on. */
  plain(): WalkDifference {
    const { subject, expected, got, more } = this
    return { subject, expected, got, more }
  }
}
