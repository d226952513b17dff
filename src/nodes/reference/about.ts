import { defined } from '../../base/defined.ts'
import type { JsonObject } from '../../base/json.ts'
import type { AnyNodeType } from '../../engine/node-type.ts'
import { dependenciesOf } from './dependencies.ts'
import { outcomeLines } from './outcomes.ts'
import { inputKeys, internalKeys, type KeyMeanings, outputKeys } from './state-keys.ts'

/** What the reference says about a type besides its settings, for the console. Texts have `code` and **bold**. */
export function aboutType(type: AnyNodeType, meanings: KeyMeanings): JsonObject {
  const { needs, reference = {}, callbacks = {}, suspends = false, errors = {} } = type
  return {
    needs: dependenciesOf(needs),
    reads: inputKeys(type, meanings),
    writes: [
      ...outputKeys(type, meanings),
      ...internalKeys(type).map((key) => ({ key, content: 'Of this node alone.' })),
    ],
    ...defined({ inputs: reference.inputs, outputs: reference.outputs }),
    outcomes: outcomeLines(type),
    callbacks: Object.entries<string>(callbacks).map(([kind, purpose]) => ({ kind, purpose })),
    suspends,
    errors: (['fail', 'error', 'warn'] as const).flatMap((level) =>
      Object.entries<string>(errors[level] ?? {}).map(([text, cause]) => ({
        level,
        text: text.trim(),
        cause,
      })),
    ),
  }
}
