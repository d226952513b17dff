import { jsonObjectSchema } from '../../base/json.ts'
import { customNodeTypeSchema } from '../../nodes/custom-node-type.ts'
import { scriptSchema } from '../../scripts/script.ts'
import type { ConfigurationChange } from '../configuration-store.ts'
import { withNodes } from '../edit/whole-journey.ts'
import { emptyBundle } from '../exchange/bundle.ts'
import { mergedContent } from '../exchange/realm-content.ts'
import { journeyDocumentSchema, nodeDocumentSchema } from '../journey-document.ts'
import { everyRealm, type StoredState, type Versioned, type VersionStore } from './version-store.ts'

/** Later than every version. */
export const now = Number.MAX_SAFE_INTEGER

/** What the realm of a thing had at a version of the configuration, including what all realms share. */
export async function contentAt(
  versions: Pick<VersionStore, 'stateAt'>,
  { realm, kind }: Versioned,
  number: number,
): Promise<ConfigurationChange> {
  const shared = contentOf(await versions.stateAt(everyRealm, number))
  if (realm === everyRealm) return shared
  const own = contentOf(await versions.stateAt(realm, number))
  // A global template is not a version of the realm's own template.
  return mergedContent(own, kind === 'emailTemplate' ? { ...shared, documents: [] } : shared)
}

function contentOf(states: readonly StoredState[]): ConfigurationChange {
  const parsed = <Thing>(kind: StoredState['kind'], read: (value: unknown) => Thing) =>
    states.filter((state) => state.kind === kind).map(({ content }) => read(JSON.parse(content)))
  return {
    journeys: parsed('journey', (value) => journeyDocumentSchema.parse(value)),
    nodes: parsed('node', (value) => nodeDocumentSchema.parse(value)),
    scripts: parsed('script', (value) => scriptSchema.parse(value)),
    customNodeTypes: parsed('customNodeType', (value) => customNodeTypeSchema.parse(value)),
    documents: states.flatMap(({ kind, id, content }) =>
      isDocument(kind) ? [{ kind, id, document: jsonObjectSchema.parse(JSON.parse(content)) }] : [],
    ),
  }
}

/** One thing of a content, a journey with its nodes. */
export function onlyThing(content: ConfigurationChange, { kind, id }: Versioned): ConfigurationChange {
  const { journeys, nodes, scripts, customNodeTypes, documents } = content
  const { findings: _, ...nothing } = emptyBundle()
  if (kind === 'journey') {
    const journey = journeys.find(({ _id }) => _id === id)
    if (journey === undefined) return nothing
    const byId = new Map(nodes.map((node) => [node.id, node]))
    return { ...nothing, journeys: [journey], nodes: [...withNodes(journey, byId).nodes.values()] }
  }
  if (kind === 'script') return { ...nothing, scripts: scripts.filter((script) => script.id === id) }
  if (kind === 'customNodeType') {
    return { ...nothing, customNodeTypes: customNodeTypes.filter(({ serviceName }) => serviceName === id) }
  }
  return { ...nothing, documents: documents.filter((one) => one.kind === kind && one.id === id) }
}

export function isEmpty(content: ConfigurationChange): boolean {
  return Object.values(content).every((things) => things.length === 0)
}

function isDocument(kind: StoredState['kind']): boolean {
  return kind === 'theme' || kind === 'emailTemplate' || kind === 'realmSettings'
}
