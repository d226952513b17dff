import type { JsonObject } from '../../../base/json.ts'
import { clientScripts, clientScriptsSchema } from '../../../oauth/client-scripts.ts'
import type { ClientToWrite, OauthClientRecord } from '../../../oauth/oauth-store.ts'
import type { Realm } from '../../../realms/realm.ts'
import { defaultTokenScripts } from '../../../scripts/built-in/built-in-scripts.ts'
import type { Choices } from '../choices.ts'
import { type Finding, finding } from '../finding.ts'
import type { PlanItem } from '../plan-items.ts'
import { oauthClientKind } from './forbidden-settings.ts'
import { type PlannedClients, planClients } from './plan-clients.ts'
import { type PlannedSettings, planSettings, realmSettingKind } from './plan-settings.ts'
import { planVariables, serverVariableKind, type VariableToWrite } from './plan-variables.ts'
import type { TenantContent } from './tenant-content.ts'

/** What an import changes beside the content of a realm. */
export type TenantChange = {
  realm?: Realm
  variables: readonly VariableToWrite[]
  clients: readonly ClientToWrite[]
}

export type PlannedTenant = {
  findings: Finding[]
  change: TenantChange
  /** The settings and clients. */
  items: readonly PlanItem[]
  /** Adds the settings, and says of each variable what happens to it on the server. */
  listed(items: readonly PlanItem[]): PlanItem[]
}

type Options = Choices & {
  mayWrite?: (kind: string) => boolean
  /** Journeys and scripts of the realm after the import. */
  journeys: ReadonlySet<string>
  scripts: ReadonlySet<string>
  /** Secrets of OAuth2 clients in the files. */
  secrets: ReadonlyMap<string, string>
}
type Document = { kind: string; id: string; document: JsonObject }

/** @param content undefined for an import that leaves settings and variables alone. */
export function planTenant(
  documents: readonly Document[],
  content: TenantContent | undefined,
  { mayWrite = () => true, journeys, scripts, secrets, ...choices }: Options,
): PlannedTenant {
  if (content === undefined) {
    return { findings: [], items: [], change: { variables: [], clients: [] }, listed: (items) => [...items] }
  }
  // People who may not write settings learn nothing about them, either.
  // rule S47: otherwise people who may not write settings of a realm learn from a plan what they are
  const settings: PlannedSettings = mayWrite(realmSettingKind)
    ? planSettings(documents, content.realm, { ...choices, journeys })
    : { items: [], findings: [] }
  const { statuses, findings, variables } = planVariables(documents, content, {
    ...choices,
    mayWrite: mayWrite(serverVariableKind),
  })
  const { realm } = settings
  const planned: PlannedClients = mayWrite(oauthClientKind)
    ? planClients(documents, withVariables(content, variables), { ...choices, secrets })
    : { items: [], findings: [], clients: [] }
  return {
    findings: [
      ...settings.findings,
      ...findings,
      ...planned.findings,
      ...missingTokenScripts(
        settings.items.length > 0 ? (realm ?? content.realm) : undefined,
        plannedOrStored(planned, content),
        scripts,
      ),
    ],
    items: [...settings.items, ...planned.items],
    change: { variables, clients: planned.clients, ...(realm === undefined ? {} : { realm }) },
    listed: (items) => [
      ...items.map((item) => ofServer(item, statuses.get(item.id))),
      ...settings.items,
      ...planned.items,
    ],
  }
}

/** The clients of the files as they are after the import, which can leave them as they are. */
function plannedOrStored({ items, clients }: PlannedClients, content: TenantContent): OauthClientRecord[] {
  const written = clients.map(({ client }) => client)
  const named = new Set(items.map(({ id }) => id))
  return [
    ...written,
    ...content.clients.filter(({ id }) => named.has(id) && !written.some((one) => one.id === id)),
  ]
}

/** Scripts of tokens that don't exist after the import: without them, no token is issued. */
function missingTokenScripts(
  realm: Realm | undefined,
  clients: readonly OauthClientRecord[],
  scripts: ReadonlySet<string>,
): Finding[] {
  const ofClients = clients.map((client) => {
    const settings = clientScriptsSchema.safeParse(client.document.overrideOAuth2ClientConfig).data
    const { access_token_script, claims_script } = settings === undefined ? {} : clientScripts(settings)
    return { who: `OAuth2 client '${client.id}'`, ids: [access_token_script, claims_script] }
  })
  const { accessToken, claims } = realm?.settings.oauth.scripts ?? {}
  return [{ who: 'The OAuth2 provider', ids: [accessToken, claims] }, ...ofClients].flatMap(({ who, ids }) =>
    ids
      .filter((id) => id !== undefined && id !== '' && !scripts.has(id) && !defaultTokenScripts.has(id))
      .map((id) => finding('missing', `${who} needs script '${id}', without which it issues no tokens`)),
  )
}

/** Clients of the files can name variables of the files. */
function withVariables(content: TenantContent, written: readonly VariableToWrite[]): TenantContent {
  const ids = new Set(written.map(({ id }) => id))
  const variables = [
    ...content.esvs.variables.filter(({ id }) => !ids.has(id)),
    ...written.map((variable) => ({ ...variable, changedAt: 0, changedBy: '' })),
  ]
  return { ...content, esvs: { ...content.esvs, variables } }
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
