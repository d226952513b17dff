import type { Draft } from './draft.ts'

/** What each step of the wizard works with. */
export type StepProps = {
  draft: Draft
  change(part: Partial<Draft>): void
  /** What is wrong with a field, once the person was told of problems. */
  problemOf(about: string): string | undefined
}
