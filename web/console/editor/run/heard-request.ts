import type { JourneyRequest, JourneyResponse } from '../../../api/authenticate.ts'
import { defined } from '../../../api/defined.ts'
import type { KeptRequest } from '../../../api/runs.ts'
import { type RunChoices, userAgentOf } from './choices/run-choices.ts'

type Sent = Pick<JourneyRequest, 'query' | 'step'> & {
  at: number
  token: string | undefined
  choices: RunChoices
}

/** A request and its response as they went over the wire. They stay in memory until the run is kept as a test. */
export function heardRequest(
  { at, query = {}, step, token, choices }: Sent,
  answer: JourneyResponse,
): KeptRequest {
  const texts = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as const],
  )
  return {
    at,
    query: Object.fromEntries(texts),
    ...defined({
      request: step,
      session: token,
      language: choices.language || undefined,
      userAgent: userAgentOf(choices),
    }),
    status: answer.kind === 'failure' ? answer.code : 200,
    response: bodyOf(answer),
  }
}

function bodyOf(answer: JourneyResponse): unknown {
  switch (answer.kind) {
    case 'step':
      return answer.step
    case 'success':
      return { successUrl: answer.successUrl, ...defined({ tokenId: answer.tokenId }) }
    case 'failure':
      return { code: answer.code, message: answer.message }
  }
}
