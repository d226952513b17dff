import { isDeepStrictEqual } from 'node:util'
import type { JsonObject } from '../../../base/json.ts'
import type { Realm, RealmSettings } from '../../../realms/realm.ts'
import type { Applied } from '../../../realms/tenant/tenant-setting.ts'
import { type Choices, listsChanges, statusOf } from '../choices.ts'
import { type Finding, finding } from '../finding.ts'
import { keptDocumentSchema, keptKind, keptName } from '../kept-documents.ts'
import type { PlanItem } from '../plan-items.ts'
import { keptSettingOf } from './kept-setting.ts'
import { settingChanges, weakerSettings } from './setting-changes.ts'

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
  { journeys, ...choices }: Choices & { journeys: ReadonlySet<string> },
): PlannedSettings {
  const items = new Map<string, PlanItem>()
  const firsts = new Map<string, RealmSettings>()
  const findings: Finding[] = []
  let { settings } = realm
  for (const { kind, document } of documents) {
    const kept = kind === keptKind ? keptDocumentSchema.safeParse(document).data : undefined
    const found = kept && keptSettingOf(kept, { path: realm.path, journeys })
    if (kept === undefined || found === undefined) continue
    const applied = found.setting.apply(settings, found.document)
    if ('problem' in applied) {
      findings.push(problemOf(keptName(kept), applied))
      continue
    }
    findings.push(...applied.ignored.map((words) => finding('note', `Setting '${keptName(kept)}': ${words}`)))
    findings.push(...(applied.unserved ?? []).map((problem) => partOf(keptName(kept), problem)))
    const { id, title: name } = found.setting
    const isSame = isDeepStrictEqual(applied.settings, settings)
    if (isSame && items.has(id)) continue
    const status = isSame ? 'identical' : statusOf(choices, { kind: realmSettingKind, id }, true)
    // Two documents can change one setting: the plan shows what both change.
    const before = firsts.get(id) ?? settings
    firsts.set(id, before)
    const about = listsChanges(choices, status) ? differencesOf(before, applied.settings) : {}
    items.set(id, { kind: realmSettingKind, id, name, status, ...about })
    if (status === 'changed') settings = applied.settings
  }
  const isChanged = settings !== realm.settings
  return { items: [...items.values()], findings, ...(isChanged ? { realm: { ...realm, settings } } : {}) }
}

function differencesOf(before: RealmSettings, after: RealmSettings): Pick<PlanItem, 'changes' | 'weakens'> {
  const weakens = weakerSettings(before, after)
  return { changes: settingChanges(before, after), ...(weakens.length > 0 && { weakens }) }
}

function partOf(name: string, problem: string): Finding {
  return finding('unsupported', `Setting '${name}' is not applied: ${problem} (its other values are)`)
}

/** Values that only this server doesn't serve leave the setting as it is. */
function problemOf(name: string, { problem, isUnserved }: Extract<Applied, { problem: string }>): Finding {
  return isUnserved
    ? finding('unsupported', `Setting '${name}' is not applied: ${problem}`)
    : finding('conflict', `Setting '${name}': ${problem}`)
}
