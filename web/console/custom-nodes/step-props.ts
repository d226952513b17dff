import type { Draft } from './draft.ts'

export type StepProps = {
  draft: Draft
  change(part: Partial<Draft>): void
  /** The problem of a field, if its step was visited before or the node type is already stored. */
  problemOf(about: string): string | undefined
}
