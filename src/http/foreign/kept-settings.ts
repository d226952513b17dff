import { listKeptSettings, removeKeptSettings } from '../../../contract/kept-settings.ts'
import { notFound } from '../../base/errors.ts'
import { envelope } from '../../crest/collection.ts'
import { keptDocumentSchema, keptKind } from '../../journeys/exchange/kept-documents.ts'
import type { RealmDocument } from '../../realms/document-store.ts'
import { keptKinds } from '../../realms/kept-document.ts'
import { reachesIdentityManagement } from '../guards/bearer-scopes.ts'
import { saveMarkOf } from '../journeys/save-mark.ts'
import { changeTenant, type TenantSources } from '../realms/identity-management/change-tenant.ts'
import { type Call, param, type Route } from '../route.ts'

/** How many names of a kind are listed. */
const maxNames = 5

/** Kinds that belong to the whole server, and are stored with the root realm. */
const ofServer: ReadonlySet<string> = new Set([
  keptKinds.entity,
  keptKinds.globalService,
  keptKinds.globalServiceChild,
  keptKinds.server,
  keptKinds.servletFilter,
])

/** Of these, the ones below `/openidm`: a token needs the scope of their own routes. */
const ofIdentityManagement: ReadonlySet<string> = new Set([keptKinds.entity, keptKinds.servletFilter])

const kinds: ReadonlySet<string> = new Set([...Object.values(keptKinds), keptKind])

/** What a realm keeps without effect here, by kind, and its removal. Settings that it set stay. */
export function keptSettingsRoutes(from: TenantSources): Route[] {
  return [
    {
      ...listKeptSettings,
      access: 'realm',
      summary: 'Counts the settings that the realm keeps without effect here, by kind.',
      async handle(call) {
        const groups = Map.groupBy(await keptIn(from, call), groupOf)
        const counts = [...groups].map(([_id, documents]) => ({
          _id,
          count: documents.length,
          characters: documents.reduce((sum, { document }) => sum + JSON.stringify(document).length, 0),
          names: documents.slice(0, maxNames).flatMap(namesOf),
          isServerWide: documents.some(({ kind }) => ofServer.has(kind)),
        }))
        return { body: envelope(counts.toSorted((one, other) => (one._id < other._id ? -1 : 1))) }
      },
    },
    {
      ...removeKeptSettings,
      access: 'realm',
      resource: { kind: 'keptSettings' },
      summary: 'Removes all settings of a kind that the realm keeps. What they set in the realm stays.',
      async handle(call) {
        const group = param(call, 'kind')
        const { count } = await changeTenant(from, await saveMarkOf(call, from), async () => {
          const removed = (await keptIn(from, call)).filter((document) => groupOf(document) === group)
          if (removed.length === 0) throw notFound(`The realm keeps no settings of the kind ${group}`)
          return { changes: [{ path: call.realm.path, documents: [], removed }], count: removed.length }
        })
        return { body: { _id: group, count } }
      },
    },
  ]
}

/** Those of the whole server only for its administrators. */
async function keptIn({ documents }: TenantSources, call: Call): Promise<RealmDocument[]> {
  const isServers = (await call.rights()).may('administrator', '/')
  const reachesIdentities = reachesIdentityManagement(await call.tokenScopes())
  // rule S47: otherwise realm administrators see settings of the whole server, or a token reaches identities without its scope
  const isSeen = (kind: string) =>
    (isServers || !ofServer.has(kind)) && (reachesIdentities || !ofIdentityManagement.has(kind))
  return (await documents.all(call.realm.path)).filter(({ kind }) => kinds.has(kind) && isSeen(kind))
}

/** Documents of imports by their section, such as `import-service`. */
function groupOf({ kind, document }: RealmDocument): string {
  if (kind !== keptKind) return kind
  return `import-${keptDocumentSchema.safeParse(document).data?.section ?? 'unknown'}`
}

/** None for a section of an import as a whole. */
function namesOf({ kind, id, document }: RealmDocument): string[] {
  if (kind !== keptKind) return [id]
  const { key } = keptDocumentSchema.safeParse(document).data ?? {}
  return key === undefined ? [] : [key]
}
