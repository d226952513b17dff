import { type Problem, problem } from './problem.ts'

/**
 * An answer to a step: which request was sent, and a text that identifies the answer; undefined if it was
 * rejected.
 */
export type StepAnswer = { request: string; answer: string | undefined }

/** Checks that of different requests one was answered, and that the same request always got the same answer. */
export function stepProblems(answers: readonly StepAnswer[]): Problem[] {
  const acknowledged = answers.filter(({ answer }) => answer !== undefined)
  const requests = new Set(acknowledged.map(({ request }) => request))
  if (requests.size > 1) return [problem('a step was answered twice', [...requests].join(' and '))]
  const different = new Set(acknowledged.map(({ answer }) => answer))
  if (different.size > 1)
    return [problem('a step was answered twice', `${different.size} answers to the same request`)]
  if (answers.length > 0 && acknowledged.length === 0)
    return [problem('an acknowledged step is lost', 'its page was rejected')]
  return []
}
