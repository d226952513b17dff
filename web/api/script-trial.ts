import type { AnswerOf } from '../../contract/endpoint.ts'
import { scriptActions } from '../../contract/scripts.ts'
import { callAction } from './endpoint.ts'
import type { JsonObject } from './json.ts'

/** The result of a trial run. A failed script changes no state. */
export type Trial = AnswerOf<typeof scriptActions.actions.try>

export type Change = Trial['state'][string]

export type TrialRequest = {
  source: string
  context: string
  evaluatorVersion?: string
  name: string
  state: { shared?: JsonObject; transient?: JsonObject; secure?: JsonObject }
  outcomes?: readonly string[]
  properties?: JsonObject
  answers?: readonly JsonObject[]
  headers?: JsonObject
  parameters?: JsonObject
  /** Whether the script may change people and send requests, as in a journey. */
  effects?: boolean
}

/** Runs an unsaved script once, in the same sandbox and with the same limits as in a journey. */
export function tryScript(realm: string, trial: TrialRequest): Promise<Trial> {
  return callAction(scriptActions, 'try', { realm, body: trial })
}
