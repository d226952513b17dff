import { isFor } from '../../esvs/esv.ts'
import type { RealmDocument } from '../../realms/document-store.ts'
import { isBuiltIn } from '../../scripts/built-in/built-in-scripts.ts'
import { withoutSealed } from '../../secrets/sealed-value.ts'
import type { ConfigurationChange } from '../configuration-store.ts'
import { type Bundle, documentKinds } from './bundle.ts'
import { type Finding, finding } from './finding.ts'
import { isSafeName } from './read-result.ts'
import type { RealmContent } from './realm-content.ts'
import { membersOf } from './references.ts'
import { currentTenantDocument } from './tenant/current-document.ts'
import { variableDocument } from './tenant/esv-documents.ts'
import { unkeptClients } from './tenant/kept-client.ts'
import type { TenantContent } from './tenant/tenant-content.ts'

/**
 * Everything in a realm that exports can contain, also what no journey uses. Without secrets, built-in scripts and nodes outside
 * of journeys. If the content has the variables of the server, exports have those that the realm may use, and kept documents and
 * variables have the values of now. Stored names that exports can't contain become findings.
 */
export function wholeRealm(realm: ConfigurationChange & { tenant?: TenantContent }): Bundle {
  const findings: Finding[] = []
  const isNamed = (what: string, name: string) => {
    if (isSafeName(name)) return true
    findings.push(finding('unreadable', `${what} '${name}' has an invalid name and is left out`))
    return false
  }
  const nodes = new Map(realm.nodes.map((node) => [node.id, node]))
  const journeys = realm.journeys.filter(({ _id }) => isNamed('Journey', _id))
  const names = new Set(realm.journeys.map(({ _id }) => _id))
  const used = new Set(journeys.flatMap((journey) => membersOf(journey, nodes).map(({ id }) => id)))
  return {
    journeys,
    nodes: realm.nodes
      .filter(({ id }) => used.has(id) && isNamed('Node', id))
      .map((node) => ({ ...node, config: withoutSealed(node.config) })),
    scripts: realm.scripts.filter((script) => !isBuiltIn(script)),
    customNodeTypes: [...realm.customNodeTypes],
    documents: [...realm.documents, ...unkept(realm)].flatMap((one) => {
      const { kind, id } = one
      const known = documentKinds.safeParse(kind)
      const document = currentTenantDocument(one, realm.tenant, names)
      if (!known.success || document === undefined || !isNamed(kind, id)) return []
      return [{ kind: known.data, id, document: withoutSealed(document) }]
    }),
    findings,
  }
}

/** Variables and OAuth2 clients that no import brought, such as those of the console. */
function unkept({ documents, tenant }: Pick<RealmContent, 'documents' | 'tenant'>): RealmDocument[] {
  if (tenant === undefined) return []
  return [...unkeptVariables(documents, tenant), ...unkeptClients(documents, tenant)]
}

function unkeptVariables(documents: readonly RealmDocument[], tenant: TenantContent): RealmDocument[] {
  const kept = new Set(documents.flatMap(({ kind, id }) => (kind === 'variable' ? [id] : [])))
  // rule S43: otherwise exports of a realm have variables of other realms
  return tenant.esvs.variables
    .filter((variable) => !kept.has(variable.id) && isFor(variable, tenant.realm.path))
    .map((variable) => ({ kind: 'variable', id: variable.id, document: variableDocument(variable) }))
}
