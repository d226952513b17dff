import type { JsonObject } from '../base/json.ts'
import type { Answer, CallbackType } from '../engine/callbacks.ts'

/** The plain input of the first answer of a type as text; undefined on the first visit. */
export function textAnswer(answers: readonly Answer[], type: CallbackType): string | undefined {
  const value = answers.find((answer) => answer.type === type)?.input['']
  return typeof value === 'string' ? value : undefined
}

/** The output of a username's callback that tells clients how browsers may fill it in. */
export function autocompleteOutput(values: readonly string[] = []): JsonObject {
  return values.length === 0 ? {} : { autocompleteValues: [...values] }
}

/** The index chosen in the first answer of a type; undefined on the first visit. */
export function chosenIndex(
  answers: readonly Answer[],
  type: 'ChoiceCallback' | 'ConfirmationCallback',
): number | undefined {
  const value = answers.find((answer) => answer.type === type)?.input['']
  return typeof value === 'number' ? value : undefined
}
