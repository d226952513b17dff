import type { JsonObject } from '../../base/json.ts'
import { familyOf } from '../../nodes/described-type.ts'
import type { RealmContent } from '../exchange/realm-content.ts'
import { type Member, membersOf, referencesOf } from '../exchange/references.ts'
import type { JourneyDocument } from '../journey-document.ts'
import { severities } from '../lint/finding.ts'
import type { TypeLookup } from '../revision.ts'
import { type JourneyMetadata, toSaveResource } from './show-journey.ts'
import { revisionOfWhole, withNodes } from './whole-journey.ts'

/** Data of a realm that describes its journeys. */
export type JourneyListContext = {
  content: RealmContent
  nodes: ReadonlyMap<string, RealmContent['nodes'][number]>
  typeNamed: TypeLookup
}

/** A journey in the list: name, findings, and the graph for a thumbnail. */
export function journeyRow(
  journey: JourneyDocument,
  from: JourneyListContext,
  about: JourneyMetadata,
): JsonObject {
  const { _id, description = '', enabled, innerTreeOnly, mustRun, noSession, transactionalOnly } = journey
  const members = membersOf(journey, from.nodes)
  return {
    _id,
    _rev: revisionOfWhole(withNodes(journey, from.nodes)),
    name: _id,
    description,
    categories: categoriesOf(journey),
    enabled,
    innerTreeOnly,
    mustRun,
    noSession,
    transactionalOnly,
    isDefault: about.isDefault,
    nodeCount: members.length,
    scripts: scriptNames(members, from),
    picture: pictureOf(journey, from),
    findings: Object.fromEntries(
      severities.map((severity) => [
        severity,
        about.findings.filter((finding) => finding.severity === severity).length,
      ]),
    ),
    unsupported: unsupportedTypes(members, from),
    ...toSaveResource(about.save),
  }
}

/** The vendor's console stores the categories as JSON text. */
function categoriesOf({ uiConfig }: JourneyDocument): string[] {
  try {
    const parsed: unknown = JSON.parse(uiConfig.categories ?? '[]')
    return Array.isArray(parsed) ? parsed.filter((one): one is string => typeof one === 'string') : []
  } catch {
    return []
  }
}

function scriptNames(members: readonly Member[], { content }: JourneyListContext): string[] {
  const ids = new Set(
    members.flatMap((member) =>
      referencesOf(member).flatMap(({ kind, id }) => (kind === 'script' ? [id] : [])),
    ),
  )
  return content.scripts.filter(({ id }) => ids.has(id)).map(({ name }) => name)
}

function unsupportedTypes(members: readonly Member[], { typeNamed }: JourneyListContext): string[] {
  const types = members.filter(({ type, version }) => typeNamed(type, version) === undefined)
  return [...new Set(types.map(({ type }) => type))]
}

function pictureOf(journey: JourneyDocument, { typeNamed }: JourneyListContext): JsonObject {
  const nodes = Object.entries(journey.nodes).map(
    ([id, { nodeType, version, displayName, x, y, connections }]) => {
      const family = familyOf(nodeType, typeNamed(nodeType, version))
      const to = [...new Set(Object.values(connections))]
      return [id, { type: nodeType, family, name: displayName, x, y, to }] as const
    },
  )
  return {
    entryNodeId: journey.entryNodeId,
    nodes: Object.fromEntries(nodes),
    staticNodes: journey.staticNodes ?? {},
  }
}
