import type { WalkDifference } from '../play/mismatch.ts'

/** A step that could not be taken, such as an answer for which the page has no callback. */
type FailedStep = { step: number; expected: string; got: string }

/** How the steps of a walk ended on one side. */
export type StepsEnd = {
  /** Index of the step at which the walk ended early. */
  step: number | undefined
  failed: FailedStep | undefined
}

type Played = { mismatches: readonly WalkDifference[]; step: number | undefined }

/** Assertions of a step, such as `asks`, are not part of it: they have verdicts of their own. */
export function stepsEndOf({ mismatches: [mismatch], step }: Played): StepsEnd {
  if (step === undefined || mismatch?.subject !== 'page') return { step, failed: undefined }
  return { step, failed: { step, expected: mismatch.expected, got: mismatch.got } }
}

type StepDifference = { step: number; text: string; inside: string; there: string }

/** The step that only one side could take. @param inside undefined if the walk was not played there. */
export function stepDifference(there: StepsEnd, inside: StepsEnd | undefined): StepDifference | undefined {
  const [first] = [there.failed, inside?.failed]
    .filter((each) => each !== undefined)
    .toSorted((one, other) => one.step - other.step)
  if (first === undefined) return undefined
  const { step, expected: text, got } = first
  if (inside === undefined) return { step, text, inside: `expected ${text}`, there: got }
  const ends = [there, inside]
  // A side that ended before says nothing about this step.
  if (ends.some((end) => end.step !== undefined && end.step < step)) return undefined
  if (ends.every(({ failed }) => failed?.step === step && failed.expected === text)) return undefined
  const on = ({ failed }: StepsEnd) =>
    failed?.step === step ? `expected ${failed.expected}, got ${failed.got}` : 'as declared'
  return { step, text, inside: on(inside), there: on(there) }
}
