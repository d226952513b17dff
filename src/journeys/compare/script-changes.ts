import { type JsonObject, jsonObjectSchema } from '../../base/json.ts'
import type { CustomNodeType } from '../../nodes/custom-node-type.ts'
import type { Script } from '../../scripts/script.ts'
import type { Change } from './difference.ts'
import { countsOf, isSameText, lineChanges } from './lines.ts'
import { asChange, memberChanges } from './member-changes.ts'
import { quoted } from './shown.ts'

const titles: Readonly<Record<string, string>> = {
  description: 'Description',
  language: 'Language',
  context: 'Context',
  evaluatorVersion: 'Engine version',
  outcomes: 'Outcomes',
  inputs: 'Inputs',
  outputs: 'Outputs',
  errorOutcome: 'Error outcome',
  tags: 'Tags',
  properties: 'Settings',
  version: 'Version',
}

/** Changes of a script. Authors, dates and ids don't count. */
export function scriptChanges(before: Script, after: Script): Change[] {
  return [
    ...renamed(before.name, after.name),
    ...sourceChange('', before.source, after.source),
    ...settings(aboutScript(before), aboutScript(after)),
  ]
}

function aboutScript({ description, language, context, evaluatorVersion }: Script): JsonObject {
  return { description: description || null, language, context, evaluatorVersion }
}

/** Changes of a custom node type. */
export function customNodeTypeChanges(before: CustomNodeType, after: CustomNodeType): Change[] {
  return [
    ...renamed(before.displayName, after.displayName),
    ...sourceChange('script ', before.script, after.script),
    ...settings(aboutType(before), aboutType(after)),
  ]
}

function aboutType({
  serviceName: _id,
  displayName: _name,
  script: _source,
  description,
  properties,
  ...about
}: CustomNodeType): JsonObject {
  return { ...about, description: description || null, properties: jsonObjectSchema.parse(properties) }
}

function renamed(before: string, after: string): Change[] {
  if (before === after) return []
  return [{ kind: 'renamed', words: `renamed from ${quoted(before)}` }]
}

function sourceChange(what: string, before: string, after: string): Change[] {
  if (isSameText(before, after)) return []
  const lines = lineChanges(before, after)
  return [{ kind: 'source', words: `${what}${countsOf(lines)}`, lines }]
}

function settings(before: JsonObject, after: JsonObject): Change[] {
  const describe = {
    titleOf: (name: string) => titles[name] ?? name,
    isSecret: () => false,
    names: new Map<string, string>(),
  }
  return memberChanges(before, after, describe).map(asChange)
}
