import * as z from 'zod/mini'
import { type Callback, outputOf } from '../../../../api/authenticate.ts'

export type CallbackProps = {
  /** As it was asked. */
  callback: Callback
  /** With what was filled in so far. */
  value: Callback
  onChange(value: unknown, input?: number): void
  /** Answers the whole step with this. */
  onChoose(value: unknown): void
}

export function promptOf(callback: Callback, otherwise: string): string {
  for (const name of ['prompt', 'displayName', 'name']) {
    const text = outputOf(callback, name)
    if (typeof text === 'string' && text !== '') return text
  }
  return otherwise
}

export function inputOf(callback: Callback, at = 0): unknown {
  return callback.input[at]?.value
}

export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}

const failureSchema = z.looseObject({ policyRequirement: z.string() })

/** Why an answer was not taken: rules that it breaks, by their names. */
export function failuresOf(callback: Callback): string | undefined {
  const failed = textsOf(outputOf(callback, 'failedPolicies')).flatMap((text) => {
    try {
      const parsed = z.safeParse(failureSchema, JSON.parse(text))
      return parsed.success ? [parsed.data.policyRequirement] : [text]
    } catch {
      return [text]
    }
  })
  return failed.length === 0 ? undefined : failed.join(', ')
}
