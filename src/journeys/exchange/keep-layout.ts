import type { JourneyDocument } from '../journey-document.ts'

/**
 * Gives journeys that came without their layout the one that the realm has: only the journey was taken over then, and
 * nobody meant to pile its nodes up.
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

/** Tags stand beside the notes of the canvas, and are no layout. */
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
    ...(staticNodes === undefined ? {} : { staticNodes }),
    uiConfig: { ...notes, ...journey.uiConfig },
  }
}
