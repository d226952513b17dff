import * as z from 'zod/mini'
import { type Callback, outputOf } from '../../../../api/authenticate.ts'

export type CallbackProps = {
  /** As received from the server. */
  callback: Callback
  /** With the input so far. */
  value: Callback
  onChange(value: unknown, input?: number): void
  /** Submits the whole step with this value. */
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

/** The names of the policies that the input failed. */
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
