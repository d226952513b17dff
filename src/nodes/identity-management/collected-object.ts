import { isJsonObject, type JsonObject } from '../../engine/json.ts'
import type { NodeState } from '../../engine/node-state.ts'
import { container } from './object-attributes.ts'
import { termsState } from './terms.ts'

/** The state keys that {@link collectedObject} reads. */
export const collectedReads = [container, termsState.accepted] as const

/** All that the journey collected about a person, and the terms that they accepted. */
export function collectedObject(state: NodeState): JsonObject {
  const collected = state.getObject(container)
  const terms = state.get(termsState.accepted)
  return {
    ...(isJsonObject(collected) ? collected : {}),
    ...(isJsonObject(terms) ? { [termsState.accepted]: terms } : {}),
  }
}

/** What the client may be told of a change that policies refused. Other errors are not the client's business. */
export function refusalOf(error: unknown): { errorMessage?: string } {
  return error instanceof Error && error.name === 'RequestError' ? { errorMessage: error.message } : {}
}
