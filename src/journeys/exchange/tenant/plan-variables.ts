import { isDeepStrictEqual } from 'node:util'
import type { JsonObject } from '../../../base/json.ts'
import { expectedOf, typedValue } from '../../../engine/expression-type.ts'
import { hasPlaceholder } from '../../../engine/placeholders.ts'
import { type EsvVariable, isFor, nameOfId } from '../../../esvs/esv.ts'
import { type Choices, listsChanges, statusOf, takes } from '../choices.ts'
import { type Finding, finding } from '../finding.ts'
import { keptDocumentSchema, keptKind } from '../kept-documents.ts'
import type { PlanItem } from '../plan-items.ts'
import { readEsv, type VariableInFile, variableDocument } from './esv-documents.ts'
import type { TenantContent } from './tenant-content.ts'

/** The access to variables of all realms, as a kind of things. */
export const serverVariableKind = 'serverVariable'

/** A variable of all realms to write. Time and author are added when it is saved. */
export type VariableToWrite = Omit<EsvVariable, 'changedAt' | 'changedBy'> & { isNew: boolean }

export type PlannedVariables = {
  /** The effect on each variable, by id. */
  statuses: Map<string, { status: PlanItem['status']; changes?: string[] }>
  findings: Finding[]
  variables: VariableToWrite[]
}

type Document = { kind: string; id: string; document: JsonObject }

/**
 * What an import changes in the variables of the server. Secrets of files have no values and become findings.
 * @param mayWrite whether the person who imports is an administrator of the server. Others learn nothing of stored values.
 */
export function planVariables(
  documents: readonly Document[],
  { esvs, realm, realms }: TenantContent,
  { mayWrite, ...choices }: Choices & { mayWrite: boolean },
): PlannedVariables {
  const planned: PlannedVariables = { statuses: new Map(), findings: [], variables: [] }
  const names = new Map([...esvs.variables, ...esvs.secrets].map((esv) => [esv.name, esv]))
  const isSet = (id: string) => {
    const stored = names.get(nameOfId(id))
    return stored !== undefined && isFor(stored, realm.path)
  }
  const refused: string[] = []
  for (const { id, document } of documents.flatMap(esvsIn)) {
    const read = readEsv(id, document)
    if ('problem' in read) {
      planned.findings.push(finding('conflict', `Variable '${id}': ${read.problem}`))
    } else if (read.kind === 'secret') {
      if (!isSet(id) && takes(choices, { kind: 'variable', id }, false))
        planned.findings.push(withoutValue('Secret', id))
    } else if (read.variable.value === undefined) {
      if (!isSet(id)) planned.findings.push(withoutValue('Variable', id))
    } else if (!mayWrite) refused.push(id)
    else planVariable(read.variable, read.variable.value, { names, realms, choices, planned })
  }
  if (refused.length > 0) planned.findings.push(notApplied(refused))
  return planned
}

/** Full exports of frodo have secrets in a section of their own, which is kept. */
function esvsIn({ kind, id, document }: Document): { id: string; document: JsonObject }[] {
  if (kind === 'variable') return [{ id, document }]
  const kept = kind === keptKind ? keptDocumentSchema.safeParse(document).data : undefined
  if (kept?.section !== 'secret' || kept.key === undefined) return []
  return [{ id: kept.key, document: { encoding: null } }]
}

function planVariable(
  file: VariableInFile,
  value: string,
  context: {
    names: ReadonlyMap<string, TenantContent['esvs']['variables'][number] | { id: string }>
    realms: readonly string[]
    choices: Choices
    planned: PlannedVariables
  },
): void {
  const { names, choices, planned } = context
  const { id } = file
  const stored = names.get(nameOfId(id))
  const refuse = (words: string) => planned.findings.push(finding('conflict', `Variable '${id}': ${words}`))
  if (stored !== undefined && (stored.id !== id || !('value' in stored))) {
    refuse(`the name ${nameOfId(id)} is taken by another variable or secret`)
    return
  }
  const before = stored !== undefined && 'value' in stored ? stored : undefined
  const expressionType = before?.expressionType ?? file.expressionType ?? 'string'
  if (file.expressionType !== undefined && file.expressionType !== expressionType) {
    refuse(`expressionType: must be ${expressionType}, as on the server, because it cannot change`)
    return
  }
  if (!hasPlaceholder(value) && typedValue(value, expressionType) === undefined) {
    refuse(`value: must be ${expectedOf[expressionType]}, as the expressionType is ${expressionType}`)
    return
  }
  const unknown = file.realms?.find((path) => !context.realms.includes(path))
  // rule S43: otherwise a file names realms that do not exist yet
  if (unknown !== undefined) {
    refuse(`realms: ${unknown} is not a realm of this server: create it first, or take it out of the file`)
    return
  }
  // rule S43: otherwise a file without realms gives a variable to all realms
  const realms = file.realms === undefined ? before?.realms : (file.realms ?? undefined)
  const description = file.description ?? before?.description ?? ''
  const after = {
    id,
    name: nameOfId(id),
    description,
    expressionType,
    value,
    ...(realms === undefined ? {} : { realms }),
  }
  const changes = before === undefined ? [] : changesOf(before, after)
  const isSame = before !== undefined && changes.length === 0
  const status = isSame ? 'identical' : statusOf(choices, { kind: 'variable', id }, before !== undefined)
  planned.statuses.set(id, { status, ...(listsChanges(choices, status) ? { changes } : {}) })
  if (status === 'new' || status === 'changed')
    planned.variables.push({ ...after, isNew: before === undefined })
}

/**
 * The variables of files that say no more than what the server has, so that nothing of them needs to be kept.
 * @param mayRead whether the person who imports may know what the server has
 */
export function knownVariables(
  documents: readonly Document[],
  content: TenantContent | undefined,
  mayRead: boolean,
): Document[] {
  // rule S43: otherwise a plan tells people without access whether their value is the stored one
  const stored = new Map(mayRead ? content?.esvs.variables.map((one) => [one.id, one]) : [])
  return documents.filter(({ kind, id, document }) => {
    const variable = kind === 'variable' ? stored.get(id) : undefined
    return variable !== undefined && isDeepStrictEqual(document, variableDocument(variable))
  })
}

/** In words, without values. */
function changesOf(before: EsvVariable, after: Omit<VariableToWrite, 'isNew'>): string[] {
  return [
    ...(before.value === after.value ? [] : ['another value']),
    ...(before.description === after.description ? [] : ['another description']),
    ...(isDeepStrictEqual(before.realms, after.realms) ? [] : ['for other realms']),
  ]
}

function withoutValue(what: 'Secret' | 'Variable', id: string): Finding {
  return finding(
    'missing',
    `${what} '${id}' has no value in the files and none is stored: set it on the server, or ${nameOfId(id)} in its environment`,
    { kind: 'variable', id },
  )
}

const maxNames = 10

function notApplied(ids: readonly string[]): Finding {
  const more = ids.length > maxNames ? ` and ${ids.length - maxNames} more` : ''
  return finding(
    'note',
    `Not applied: variables belong to all realms, and setting them needs a server administrator (${ids.slice(0, maxNames).join(', ')}${more})`,
  )
}
