import { isJsonObject, type Json } from '../../api/json.ts'
import type { Setting } from '../../api/setting.ts'
import { mayBeNull, typeOf } from './field-kind.ts'
import { inOrder, nestedKindOf, optionalPart, variantFor } from './nested-kind.ts'

/** Validation problems by path: `lockout.maxFailures`. The server validates again. */
export type Problems = ReadonlyMap<string, string>

export function problemsOf(setting: Setting, value: Json | undefined, at = ''): Problems {
  return new Map(problemsIn(setting, value, at))
}

type ProblemEntries = [place: string, problem: string][]

function problemsIn(setting: Setting, value: Json | undefined, at: string): ProblemEntries {
  switch (nestedKindOf(setting)) {
    case 'group':
      return problemsInGroup(setting, value, at)
    case 'optional':
      return isJsonObject(value) ? problemsInGroup(optionalPart(setting) ?? setting, value, at) : []
    case 'variants': {
      const variant = variantFor(setting, value)
      return variant === undefined ? [] : problemsInGroup(variant, value, at)
    }
    case 'items':
      return Array.isArray(value)
        ? value.flatMap((item, place) => problemsInGroup(setting.items ?? setting, item, `${at}.${place}`))
        : []
    default: {
      const problem = problemOf(setting, value)
      return problem === undefined ? [] : [[at, problem]]
    }
  }
}

function problemsInGroup(group: Setting, value: Json | undefined, at: string): ProblemEntries {
  const values = isJsonObject(value) ? value : {}
  return inOrder(group).flatMap(([name, setting]) =>
    problemsIn(setting, values[name], at === '' ? name : `${at}.${name}`),
  )
}

function problemOf(setting: Setting, value: Json | undefined): string | undefined {
  const type = typeOf(setting)
  if (type === 'integer' || type === 'number') return numberProblem(setting, value)
  const isNeeded = type === 'string' && (setting.minLength ?? 0) > 0 && !mayBeNull(setting)
  return isNeeded && (value ?? '') === '' ? 'This field is required' : undefined
}

function numberProblem(setting: Setting, value: Json | undefined): string | undefined {
  if (value == null) return mayBeNull(setting) ? undefined : 'Enter a number'
  if (typeof value !== 'number') return undefined
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = setting
  if (value >= minimum && value <= maximum) return undefined
  // zod writes this maximum for integers without one.
  if (maximum >= Number.MAX_SAFE_INTEGER) return `${minimum} or more`
  return `Between ${minimum} and ${maximum}`
}
