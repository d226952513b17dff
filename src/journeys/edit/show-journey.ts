import { type JsonObject, jsonObjectSchema } from '../../base/json.ts'
import { secretMask } from '../../secrets/sealed-value.ts'
import type { JourneySave } from '../configuration-store.ts'
import type { RealmContent } from '../exchange/realm-content.ts'
import { nodeWriter } from '../exchange/write-node.ts'
import type { Finding } from '../lint/finding.ts'
import { revisionOfWhole, type WholeJourney } from './whole-journey.ts'

/** Data that the response adds to a journey. */
export type JourneyMetadata = {
  isDefault: boolean
  save: JourneySave | undefined
  findings: readonly Finding[]
}

/**
 * A journey as one document in frodo's form, with its layout and metadata. Secrets that are set are masked.
 */
export function toJourneyDocument(
  whole: WholeJourney,
  realm: Pick<RealmContent, 'nodes' | 'customNodeTypes'>,
  { isDefault, save, findings }: JourneyMetadata,
): JsonObject {
  const { journey } = whole
  const write = nodeWriter({ ...realm, journeys: [journey] }, secretMask)
  const nodes = [...whole.nodes.values()].map((node) => [node.id, write(node)] as const)
  const isOuter = ([id]: readonly [string, unknown]) => Object.hasOwn(journey.nodes, id)
  return {
    _id: journey._id,
    _rev: revisionOfWhole(whole),
    tree: jsonObjectSchema.parse(journey),
    nodes: Object.fromEntries(nodes.filter(isOuter)),
    innerNodes: Object.fromEntries(nodes.filter((node) => !isOuter(node))),
    isDefault,
    ...toSaveResource(save),
    _findings: findings.map((finding) => ({ ...finding })),
  }
}

/** The author and time of the last save of a journey. */
export function toSaveResource(save: JourneySave | undefined): JsonObject {
  return {
    savedAt: save?.at ?? null,
    savedBy: save?.by?.name ?? null,
    savedById: save?.by?.id ?? null,
    saves: save?.count ?? 0,
  }
}
