import { isJsonObject, type JsonObject } from '../../base/json.ts'
import type { NodeState } from '../../engine/node-state.ts'
import { container } from './object-attributes.ts'
import { termsState } from './terms.ts'

/** State keys that {@link collectedObject} reads. */
export const collectedReads = [container, termsState.accepted] as const

/** The attributes that the journey collected about a person, and the terms they accepted. */
export function collectedObject(state: NodeState): JsonObject {
  const collected = state.getObject(container)
  const terms = state.get(termsState.accepted)
  return {
    ...(isJsonObject(collected) ? collected : {}),
    ...(isJsonObject(terms) ? { [termsState.accepted]: terms } : {}),
  }
}

/** The message for the client if policies rejected a change. Other errors are not shown. */
export function refusalOf(error: unknown): { errorMessage?: string } {
  return error instanceof Error && error.name === 'RequestError' ? { errorMessage: error.message } : {}
}
