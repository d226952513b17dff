import { isDeepStrictEqual } from 'node:util'
import { type JsonObject, jsonObjectSchema } from '../../../engine/json.ts'
import type { Realm, RealmSettings } from '../../../realms/realm.ts'
import { documentChanges } from '../../compare/document-changes.ts'
import { type Finding, finding } from '../finding.ts'
import { keptDocumentSchema, keptKind, keptName } from '../kept-documents.ts'
import { bounded } from '../plan-changes.ts'
import type { PlanItem } from '../plan-items.ts'
import { keptSettingOf } from './kept-setting.ts'

/** The kind of items that are settings of the realm. */
export const realmSettingKind = 'realmSetting'

export type PlannedSettings = {
  items: PlanItem[]
  findings: Finding[]
  /** The realm after the import; undefined if its settings stay. */
  realm?: Realm
}

type Document = { kind: string; document: JsonObject }

/** What the documents of an import change in the settings of a realm. */
export function planSettings(
  documents: readonly Document[],
  realm: Realm,
  existing: 'replace' | 'skip',
): PlannedSettings {
  const items = new Map<string, PlanItem>()
  const findings: Finding[] = []
  let { settings } = realm
  for (const { kind, document } of documents) {
    const kept = kind === keptKind ? keptDocumentSchema.safeParse(document).data : undefined
    const found = kept && keptSettingOf(kept, realm.path)
    if (kept === undefined || found === undefined) continue
    const applied = found.setting.apply(settings, found.document)
    if ('problem' in applied) {
      findings.push(finding('conflict', `Setting '${keptName(kept)}': ${applied.problem}`))
      continue
    }
    findings.push(...applied.ignored.map((words) => finding('note', `Setting '${keptName(kept)}': ${words}`)))
    const { id, title: name } = found.setting
    const isSame = isDeepStrictEqual(applied.settings, settings)
    if (isSame && items.has(id)) continue
    const status = isSame ? 'identical' : existing === 'skip' ? 'kept' : 'changed'
    const changes = status === 'changed' ? { changes: changesOf(settings, applied.settings) } : {}
    items.set(id, { kind: realmSettingKind, id, name, status, ...changes })
    if (status === 'changed') settings = applied.settings
  }
  const isChanged = settings !== realm.settings
  return { items: [...items.values()], findings, ...(isChanged ? { realm: { ...realm, settings } } : {}) }
}

function changesOf(before: RealmSettings, after: RealmSettings): string[] {
  const documentOf = (settings: RealmSettings) => ({
    kind: 'realmSettings',
    id: 'settings',
    document: jsonObjectSchema.parse(settings),
  })
  const nothing = { ids: new Map<string, string>(), names: new Map<string, string>() }
  const { changes, unknown } = documentChanges(documentOf(before), documentOf(after), nothing)
  return bounded([...changes, ...unknown].map(({ words }) => words))
}
