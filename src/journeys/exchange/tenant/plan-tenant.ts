import type { JsonObject } from '../../../engine/json.ts'
import type { Realm } from '../../../realms/realm.ts'
import type { Finding } from '../finding.ts'
import type { PlanItem } from '../plan-items.ts'
import { type PlannedSettings, planSettings, realmSettingKind } from './plan-settings.ts'
import { planVariables, serverVariableKind, type VariableToWrite } from './plan-variables.ts'
import type { TenantContent } from './tenant-content.ts'

/** What an import changes beside the content of a realm. */
export type TenantChange = { realm?: Realm; variables: readonly VariableToWrite[] }

export type PlannedTenant = {
  findings: Finding[]
  change: TenantChange
  /** Adds the settings, and says of each variable what happens to it on the server. */
  listed(items: readonly PlanItem[]): PlanItem[]
}

type Options = {
  existing: 'replace' | 'skip'
  mayWrite?: (kind: string) => boolean
  /** Journeys of the realm after the import. */
  journeys: ReadonlySet<string>
}
type Document = { kind: string; id: string; document: JsonObject }

/** @param content undefined for an import that leaves settings and variables alone. */
export function planTenant(
  documents: readonly Document[],
  content: TenantContent | undefined,
  { existing, mayWrite = () => true, journeys }: Options,
): PlannedTenant {
  if (content === undefined) return { findings: [], change: { variables: [] }, listed: (items) => [...items] }
  // People who may not write settings learn nothing about them, either.
  const settings: PlannedSettings = mayWrite(realmSettingKind)
    ? planSettings(documents, content.realm, { existing, journeys })
    : { items: [], findings: [] }
  const { statuses, findings, variables } = planVariables(documents, content, {
    existing,
    mayWrite: mayWrite(serverVariableKind),
  })
  const { realm } = settings
  return {
    findings: [...settings.findings, ...findings],
    change: { variables, ...(realm === undefined ? {} : { realm }) },
    listed: (items) => [...items.map((item) => ofServer(item, statuses.get(item.id))), ...settings.items],
  }
}

/** A variable of the files is a description in the realm, and a value on the server. */
function ofServer(
  item: PlanItem,
  onServer: { status: PlanItem['status']; changes?: string[] } | undefined,
): PlanItem {
  if (item.kind !== 'variable' || onServer === undefined || onServer.status === 'identical') return item
  const { changes: _inRealm, ...about } = item
  return { ...about, ...onServer }
}
