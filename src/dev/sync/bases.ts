import { isDeepStrictEqual } from 'node:util'
import { defined } from '../../base/defined.ts'
import { itemKeys, partOf } from '../../journeys/compare/to-write.ts'
import { type Bundle, emptyBundle } from '../../journeys/exchange/bundle.ts'
import { mergedContent } from '../../journeys/exchange/realm-content.ts'
import type { JourneyDocument } from '../../journeys/journey-document.ts'

/** The base of the next sync: the present content, but pending things as they were at their last sync. */
export function nextBase(base: Bundle, now: Bundle, pending: ReadonlySet<string>): Bundle {
  if (pending.size === 0) return now
  const settled = new Set(itemKeys(now).filter((key) => !pending.has(key)))
  const { journeys, nodes, scripts, customNodeTypes, documents } = mergedContent(
    partOf(pending, base),
    partOf(settled, now),
  )
  // Both sides of the merge are bundles.
  return {
    ...emptyBundle(),
    journeys: [...journeys],
    nodes: [...nodes],
    scripts: [...scripts],
    customNodeTypes: [...customNodeTypes],
    documents: documents as Bundle['documents'],
  }
}

/**
 * Journeys of the files with the server's positions and canvas notes, unless they changed in the files since the last sync. These
 * are no difference, so that they would otherwise be lost with the next change.
 */
export function withServerLayout(
  journeys: readonly JourneyDocument[],
  base: Bundle,
  server: Bundle,
): JourneyDocument[] {
  return journeys.map((journey) => {
    const [old, there] = [base, server].map(({ journeys }) => journeys.find(({ _id }) => _id === journey._id))
    if (there === undefined) return journey
    const nodes = Object.entries(journey.nodes).map(([id, node]) => {
      const [was, place] = [old?.nodes[id], there.nodes[id]]
      const isMoved = was !== undefined && (was.x !== node.x || was.y !== node.y)
      return [id, place === undefined || isMoved ? node : { ...node, x: place.x, y: place.y }] as const
    })
    const { staticNodes } = isDeepStrictEqual(journey.staticNodes, old?.staticNodes) ? there : journey
    const { uiConfig } = isDeepStrictEqual(journey.uiConfig, old?.uiConfig) ? there : journey
    return { ...journey, nodes: Object.fromEntries(nodes), ...defined({ staticNodes }), uiConfig }
  })
}
