import { isJsonObject, type JsonObject } from '../../api/json.ts'
import type { TrialRequest } from '../../api/script-trial.ts'

/** Input for a trial: JSON text per field. */
export type TrialFields = {
  shared: string
  transient: string
  properties: string
  answers: string
  headers: string
  parameters: string
}

export type TrialField = keyof TrialFields

export const emptyFields: TrialFields = {
  shared: '{\n  "username": "elena.marsh"\n}',
  transient: '{}',
  properties: '{}',
  answers: '[]',
  headers: '{}',
  parameters: '{}',
}

export type ReadFields =
  | { kind: 'read'; given: Pick<TrialRequest, 'state' | 'properties' | 'answers' | 'headers' | 'parameters'> }
  | { kind: 'wrong'; field: TrialField; problem: string }

/** Parses all fields. Reports the first one that isn't valid. */
export function readFields(fields: TrialFields): ReadFields {
  const read: Partial<Record<TrialField, JsonObject | JsonObject[]>> = {}
  for (const field of Object.keys(emptyFields).filter((name): name is TrialField => name in emptyFields)) {
    const value = parsed(fields[field])
    if (field === 'answers') {
      if (!Array.isArray(value) || !value.every(isJsonObject))
        return wrong(field, 'must be a list of callbacks')
      read[field] = value
    } else {
      if (!isJsonObject(value)) return wrong(field, 'must be a JSON object')
      read[field] = value
    }
  }
  const objectOf = (field: TrialField): JsonObject => {
    const value = read[field]
    return isJsonObject(value) ? value : {}
  }
  return {
    kind: 'read',
    given: {
      state: { shared: objectOf('shared'), transient: objectOf('transient') },
      properties: objectOf('properties'),
      answers: Array.isArray(read.answers) ? read.answers : [],
      headers: objectOf('headers'),
      parameters: objectOf('parameters'),
    },
  }
}

function wrong(field: TrialField, problem: string): ReadFields {
  return { kind: 'wrong', field, problem }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
