import { type Problem, problem } from './problem.ts'

/** A response to a step: its request, and a text that identifies the response; undefined if the request was rejected. */
export type StepAnswer = { request: string; answer: string | undefined }

/** Checks that only one of several different requests succeeded, and that a repeated request always got the same response. */
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
