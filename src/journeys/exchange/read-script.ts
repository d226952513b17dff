import { asText } from '../../base/as-text.ts'
import type { JsonObject } from '../../base/json.ts'
import { type Script, scriptSchema } from '../../scripts/script.ts'
import { idOf } from './piece.ts'
import { isSafeName, type Read, unreadable } from './read-result.ts'
import { type ReadText, readSource } from './script-source.ts'

/** Reads a script without its author and time, which the import sets. */
export function readScript(json: JsonObject, key: string, readText: ReadText): Read<Script> {
  const id = idOf({ json, key })
  const name = typeof json.name === 'string' && json.name !== '' ? json.name : id
  if (!isSafeName(id)) return { problem: `script '${name}' has an invalid id` }
  const source = readSource(json.script, readText)
  if ('problem' in source) return { problem: `script '${name}' ${source.problem}` }
  const parsed = scriptSchema.safeParse({
    id,
    name,
    description: json.description ?? '',
    source: source.text,
    language: asText(json.language, 'JAVASCRIPT').toUpperCase(),
    context: json.context ?? 'AUTHENTICATION_TREE_DECISION_NODE',
    isDefault: json.default === true,
    evaluatorVersion: asText(json.evaluatorVersion, '1.0'),
  })
  return parsed.success ? { value: parsed.data } : unreadable(`script '${name}'`, parsed.error)
}
