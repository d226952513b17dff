import {
  type DrawnConnection,
  drawConnections,
} from '../../../../web/console/editor/model/drawn-connections.ts'
import { type Box, type Size, sizeOfEnd, sizeOfNode } from '../../../../web/console/editor/model/geometry.ts'
import { layOutMissing } from '../../../../web/console/editor/model/layout.ts'
import { isPassThrough, type NodeOutcome } from '../../../../web/console/editor/model/node-outcomes.ts'
import type { CanvasNodeView } from '../../../../web/console/editor/model/node-views.ts'
import { positionOf } from '../../../../web/console/editor/model/positions.ts'
import { failureId, pageChildren, successId } from '../../../engine/journey.ts'
import type { JourneyDocument, NodeDocument } from '../../../journeys/journey-document.ts'
import type { JourneyCoverage, NodeCoverage } from '../outcome-report.ts'

export type DrawnNode = {
  box: Box
  view: CanvasNodeView
  /** Undefined for a node that nothing reaches. */
  coverage: NodeCoverage | undefined
  /** Names of the nodes on a page. */
  children: readonly string[]
}

export type DrawnJourney = {
  nodes: DrawnNode[]
  connections: DrawnConnection[]
  ends: ReadonlyMap<'start' | 'success' | 'failure', Box>
}

type Settings = ReadonlyMap<string, NodeDocument>

const startId = 'startNode'

/** Positions a journey as the editor does: at its stored coordinates, or else in layers. */
export function layOut(
  document: JourneyDocument,
  settings: Settings,
  journey: JourneyCoverage,
): DrawnJourney {
  const coverage = new Map(journey.nodes.map((node) => [node.id, node]))
  const views = new Map(
    Object.keys(document.nodes).map((id) => [id, viewOf(document, settings, id, coverage.get(id))]),
  )
  const draft = draftOf(document)
  const sizeOf = (id: string): Size => views.get(id)?.size ?? sizeOfEnd(id)
  const automatic = layOutMissing(draft, sizeOf)
  const at = (id: string) => positionOf(draft, automatic, id)
  const boxOf = (id: string): Box => ({ ...at(id), ...sizeOf(id) })
  return {
    nodes: [...views.values()].map((view) => ({
      box: boxOf(view.id),
      view,
      coverage: coverage.get(view.id),
      children: (view.children ?? []).map(({ name }) => name),
    })),
    connections: drawConnections({ draft, nodeViews: views, positionOf: at }),
    ends: new Map([
      ['start', boxOf(startId)],
      ['success', boxOf(successId)],
      ['failure', boxOf(failureId)],
    ]),
  }
}

/** A journey in the editor's form. Settings don't matter for positions. */
function draftOf({
  description,
  maximumSessionTime,
  maximumIdleTime,
  treeTimeout,
  ...document
}: JourneyDocument) {
  const nodes = Object.entries(document.nodes).map(([id, { version: _version, ...node }]) => [id, node])
  const { staticNodes = {}, identityResource = '', ...tree } = document
  return {
    tree: { ...tree, staticNodes, identityResource, nodes: Object.fromEntries(nodes) },
    nodes: {},
    innerNodes: {},
  }
}

function viewOf(
  document: JourneyDocument,
  settings: Settings,
  id: string,
  coverage: NodeCoverage | undefined,
): CanvasNodeView {
  const { nodeType: type = '', displayName = '', connections = {} } = document.nodes[id] ?? {}
  const ids =
    coverage?.outcomes ?? Object.keys(connections).map((outcome) => ({ id: outcome, name: outcome }))
  const outcomes = ids.map((outcome) => outcomeOf(document, connections, outcome))
  const config = settings.get(id)?.config ?? {}
  const children = type === 'PageNode' ? pageChildren(config) : undefined
  return {
    ...asView({ id, type, displayName }),
    outcomes,
    isPassThrough: isPassThrough(outcomes),
    children: children?.map(asView),
    size: sizeOfNode({ outcomes, children: children?.length }),
  }
}

function outcomeOf(
  document: JourneyDocument,
  connections: Readonly<Record<string, string>>,
  { id, name }: { id: string; name: string },
): NodeOutcome {
  const target = Object.hasOwn(connections, id) ? connections[id] : undefined
  const isThere =
    target !== undefined &&
    (target === successId || target === failureId || Object.hasOwn(document.nodes, target))
  return {
    id,
    label: name,
    target: isThere ? target : undefined,
    isDangling: target !== undefined && !isThere,
    isStale: false,
  }
}

function asView({ id, type, displayName }: { id: string; type: string; displayName: string }) {
  const name = displayName.trim() || id
  return {
    id,
    name,
    subtitle: '',
    type,
    family: undefined,
    isSupported: true,
    isStandIn: false,
    journey: undefined,
  }
}
