import { z } from 'zod'
import { type JsonObject, jsonObjectSchema } from '../journey/json.ts'
import {
  type JourneyDocument,
  journeyDocumentSchema,
  type NodeDocument,
} from '../journeys/journey-document.ts'

const nodeResourceSchema = z.looseObject({
  _id: z.string(),
  _type: z.object({ _id: z.string(), version: z.string().optional() }),
})

/** One journey as the vendor's tools export it: the tree, its nodes, and the nodes inside its pages. */
const journeyExportSchema = z.object({
  tree: journeyDocumentSchema,
  nodes: z.record(z.string(), nodeResourceSchema).default({}),
  innerNodes: z.record(z.string(), nodeResourceSchema).default({}),
})

export type JourneyParts = { journey: JourneyDocument; nodes: NodeDocument[] }

/** @throws z.ZodError that names the first member that is not as expected. */
export function readJourneyExport(json: unknown): JourneyParts {
  const { tree, nodes, innerNodes } = journeyExportSchema.parse(json)
  const resources = [...Object.values(nodes), ...Object.values(innerNodes)]
  return { journey: tree, nodes: resources.map(nodeDocumentOf) }
}

function nodeDocumentOf({ _id, _type, ...rest }: z.infer<typeof nodeResourceSchema>): NodeDocument {
  const { _rev, _outcomes, ...config }: JsonObject = jsonObjectSchema.parse(rest)
  return { id: _id, type: _type._id, version: _type.version ?? '1.0', config }
}
