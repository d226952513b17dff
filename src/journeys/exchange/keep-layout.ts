import { defined } from '../../base/defined.ts'
import type { JourneyDocument } from '../journey-document.ts'

/**
 * Gives journeys without a layout the existing one of the realm, so that an import of the journey alone doesn't move
 * its nodes to one place.
 */
export function keepLayout(
  journeys: readonly JourneyDocument[],
  present: readonly JourneyDocument[],
): JourneyDocument[] {
  const known = new Map(present.map((journey) => [journey._id, journey]))
  return journeys.map((journey) => {
    const old = known.get(journey._id)
    return old === undefined || hasLayout(journey) ? journey : withLayoutOf(old, journey)
  })
}

/** Tags are stored with the canvas notes, but are not layout. */
function hasLayout({ nodes, staticNodes = {}, uiConfig }: JourneyDocument): boolean {
  const isPlaced = Object.values(nodes).some(({ x, y }) => x !== 0 || y !== 0)
  const { categories: _tags, ...notes } = uiConfig
  return isPlaced || Object.keys(staticNodes).length > 0 || Object.keys(notes).length > 0
}

function withLayoutOf(old: JourneyDocument, journey: JourneyDocument): JourneyDocument {
  const { staticNodes } = old
  const { categories: _tags, ...notes } = old.uiConfig
  const nodes = Object.entries(journey.nodes).map(([id, node]) => {
    const { x, y } = old.nodes[id] ?? node
    return [id, { ...node, x, y }] as const
  })
  return {
    ...journey,
    nodes: Object.fromEntries(nodes),
    ...defined({ staticNodes }),
    uiConfig: { ...notes, ...journey.uiConfig },
  }
}
