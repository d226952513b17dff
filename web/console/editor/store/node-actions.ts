import type { Point } from '../../../api/journey-document.ts'
import type { NodeType } from '../../../api/node-types.ts'
import { addAfter, addNode, addToPage, type NewNode } from '../model/add-node.ts'
import { alignedTo } from '../model/align.ts'
import { connect, disconnect, splice, startOutcome, targetOf } from '../model/connect.ts'
import { type Draft, entryOf, failureId, isEnd, nodeOf, startId, successId } from '../model/draft.ts'
import { copyNodes, type Fragment, pasteNodes, pasteOntoPage } from '../model/fragment.ts'
import type { Box } from '../model/geometry.ts'
import { nodeWidth, sizeOfEnd } from '../model/geometry.ts'
import { autoLayout } from '../model/layout.ts'
import { firstUnconnected } from '../model/node-outcomes.ts'
import { addNotes, hasRoomForNotes, noteOf, noteSizes, notesOf } from '../model/notes.ts'
import { newNodeOutcomes } from '../model/outcome-queries.ts'
import { childOf, isPage } from '../model/page-children.ts'
import { moveToPage, removeFromPage } from '../model/page-moves.ts'
import { moveBy, moveTo, positionOf, snapToGrid, withEndsBeside } from '../model/positions.ts'
import { isRemovable, predecessorOf, removeNodes } from '../model/remove-nodes.ts'
import type { Editor, InsertPosition, NodeActions } from './editor.ts'
import type { EditorState } from './editor-state.ts'

export function nodeActions(get: () => Editor): NodeActions {
  const newId = () => crypto.randomUUID()
  const shownPosition = (id: string) => positionOf(get().history.present, get().autoPositions, id)
  return {
    add: (type, insertAt) => addType(get, type, insertAt ?? defaultPosition(get, type), newId()),
    addNote: () => {
      if (!hasRoomForNotes(get().history.present)) return
      const id = newId()
      const at = get().canvasControl?.centre() ?? shownPosition(startId)
      const place = freePositionNear(get(), { x: at.x - 80, y: at.y - 48 })
      get().change({
        label: 'Add note',
        apply: (draft) =>
          addNotes(draft, { [id]: { text: '', colour: 'yellow', ...noteSizes.small, ...place } }),
        select: [id],
      })
    },
    remove: (ids) => removeFrom(get, ids),
    connectTo: (source, target) =>
      get().change({ label: 'Connect', apply: (draft) => connect(draft, source, target) }),
    disconnectFrom: (source) =>
      get().change({ label: 'Disconnect', apply: (draft) => disconnect(draft, source) }),
    move: (positions) =>
      get().change({ label: 'Move', apply: (draft) => moveTo(draft, get().autoPositions, positions) }),
    nudge: (by) => {
      const ids = get().selection.filter((id) => isOnCanvas(get().history.present, id))
      get().change({
        label: 'Move',
        apply: (draft) => moveBy(draft, get().autoPositions, ids, by),
        gesture: `nudge ${ids.join(' ')}`,
      })
    },
    align: (ids, edge) => {
      const draft = get().history.present
      const boxes = ids
        .filter((id) => isOnCanvas(draft, id))
        .map((id) => {
          const size = get().nodeViews.get(id)?.size ?? noteOf(draft, id) ?? sizeOfEnd(id)
          return [id, { ...shownPosition(id), width: size.width, height: size.height }] as const
        })
      get().change({
        label: `Align ${edge}`,
        apply: (draft) => moveTo(draft, get().autoPositions, alignedTo(edge, new Map(boxes))),
      })
    },
    insertIntoConnection: (id, connection, at) => {
      const outcome = firstUnconnected(get().nodeViews.get(id)?.outcomes ?? [])?.id
      get().change({
        label: 'Insert into connection',
        apply: (draft) => splice(moveTo(draft, get().autoPositions, { [id]: at }), connection, id, outcome),
      })
    },
    moveToPage: (id, pageId, gap) =>
      get().change({
        label: 'Move to page',
        apply: (draft) => moveToPage(draft, id, pageId, gap),
        select: [id],
      }),
    removeFromPage: (id, at) => {
      const pageId = childOf(get().history.present, id)?.pageId
      const page = shownPosition(pageId ?? startId)
      const position = at ?? freePositionNear(get(), { x: page.x, y: page.y + 240 })
      get().change({
        label: 'Move to canvas',
        apply: (draft) => removeFromPage(draft, id, position),
        select: [id],
      })
    },
    copy: (ids) => copyNodes(get().history.present, get().autoPositions, ids),
    paste: (fragment, at) => pasteInto(get, fragment, at, 'Paste', newId),
    duplicate: (ids, at) => {
      const fragment = copyNodes(get().history.present, get().autoPositions, ids)
      if (fragment !== undefined) pasteInto(get, fragment, at, 'Duplicate', newId)
    },
    arrangeNodes: () =>
      get().change({
        label: 'Arrange nodes',
        apply: (draft) =>
          moveTo(
            draft,
            get().autoPositions,
            autoLayout(draft, (id) => get().nodeViews.get(id)?.size ?? sizeOfEnd(id)),
          ),
      }),
  }
}

function isOnCanvas(draft: Draft, id: string): boolean {
  return nodeOf(draft, id) !== undefined || isEnd(id) || id === startId || noteOf(draft, id) !== undefined
}

/**
 * The default place of a new node: on the page of the selected node if it fits there; otherwise after the selected outcome or
 * the first unconnected outcome of the selected node or its page. In an empty journey, after the start.
 */
function defaultPosition(get: () => Editor, type: NodeType): InsertPosition {
  const { selection, nodeViews, history, selectedOutcome, catalogue } = get()
  const draft = history.present
  const selected = selection.at(-1)
  const page = selected === undefined ? undefined : childOf(draft, selected)?.pageId
  if (page !== undefined && catalogue.fitsOnPage(type.type)) return { kind: 'page', pageId: page }
  const chosen = page ?? selected
  if (selectedOutcome !== undefined && targetOf(draft, selectedOutcome) === undefined)
    return { kind: 'after', source: selectedOutcome }
  const free = firstUnconnected(nodeViews.get(chosen ?? '')?.outcomes ?? [])
  if (chosen !== undefined && free !== undefined) {
    return { kind: 'after', source: { from: chosen, outcome: free.id } }
  }
  if (entryOf(draft) === undefined) return { kind: 'after', source: startOutcome }
  const near = positionOf(draft, get().autoPositions, chosen ?? startId)
  return { kind: 'free', at: freePositionNear(get(), { x: near.x + nodeWidth + 64, y: near.y }) }
}

function addType(get: () => Editor, type: NodeType, insertAt: InsertPosition, id: string): void {
  const { title, version, template } = type
  const node: NewNode = { id, type: type.type, version, title, template }
  get().change({
    label: `Add ${title}`,
    apply: (draft) => withNewNode(get, draft, node, insertAt, type),
    select: [id],
  })
  get().addRecentType(type.type)
}

function withNewNode(
  get: () => Editor,
  draft: Draft,
  node: NewNode,
  insertAt: InsertPosition,
  type: NodeType,
): Draft {
  switch (insertAt.kind) {
    case 'page':
      return addToPage(draft, insertAt.pageId, node, insertAt.gap)
    case 'free':
      return addNode(draft, node, insertAt.at)
    case 'connection':
      return splice(
        addNode(draft, node, insertAt.at),
        insertAt.connection,
        node.id,
        newNodeOutcomes(type, get().knownOutcomes)?.[0]?.id,
      )
    case 'after': {
      const { from } = insertAt.source
      const before = positionOf(draft, get().autoPositions, from)
      const width = from === startId ? sizeOfEnd(startId).width : nodeWidth
      const y = from === startId ? before.y - 6 : before.y
      const position = freePositionNear(get(), { x: before.x + width + 64, y }, 'between nodes')
      return withEndsBeside(addAfter(draft, node, position, insertAt.source), get().autoPositions, position)
    }
  }
}

function removeFrom(get: () => Editor, ids: readonly string[]): void {
  const draft = get().history.present
  const removed = ids.filter((id) => isRemovable(draft, id))
  const [first] = removed
  if (first === undefined) return
  const before = predecessorOf(draft, first)
  get().change({
    label: 'Delete',
    apply: (draft) => removeNodes(draft, removed),
    select: before === undefined || removed.includes(before) ? [] : [before],
  })
}

function pasteInto(
  get: () => Editor,
  fragment: Fragment,
  at: Point | undefined,
  label: string,
  newId: () => string,
): void {
  const { history, selection, catalogue } = get()
  const chosen = selection.at(-1)
  const types = Object.values(fragment.tree.nodes).map(({ nodeType }) => nodeType)
  const notes = Object.values(fragment.notes)
  const isForPage =
    at === undefined &&
    notes.length === 0 &&
    label === 'Paste' &&
    chosen !== undefined &&
    isPage(history.present, chosen) &&
    types.every(catalogue.fitsOnPage)
  const [first] = [...Object.values(fragment.tree.nodes), ...notes]
  const near = at ?? freePositionNear(get(), { x: (first?.x ?? 0) + 32, y: (first?.y ?? 0) + 32 })
  let ids: string[] = []
  get().change({
    label,
    apply: (draft) => {
      const pasted = isForPage
        ? pasteOntoPage(draft, fragment, chosen, newId)
        : pasteNodes(draft, fragment, near, newId)
      ids = pasted.ids
      return pasted.draft
    },
  })
  get().select(ids)
}

const gap = 24

/** The nearest free position below the wanted one. Ends make room for nodes that are added after another one. */
function freePositionNear(
  state: EditorState,
  ideal: Point,
  among: 'between nodes' | 'anywhere' = 'anywhere',
): Point {
  const draft = state.history.present
  const boxes: Box[] = [...state.nodeViews.values()].map(({ id, size }) => ({
    ...positionOf(draft, state.autoPositions, id),
    ...size,
  }))
  if (among === 'anywhere') {
    for (const id of [startId, successId, failureId])
      boxes.push({ ...positionOf(draft, state.autoPositions, id), ...sizeOfEnd(id) })
    boxes.push(...Object.values(notesOf(draft)))
  }
  let position = snapToGrid(ideal)
  for (let tries = 0; tries < boxes.length + 1; tries += 1) {
    const taken = boxes.find((box) => isNear(position, box))
    if (taken === undefined) return position
    position = snapToGrid({ x: position.x, y: taken.y + taken.height + gap })
  }
  return position
}

function isNear({ x, y }: Point, box: Box): boolean {
  return (
    x < box.x + box.width + gap && x + 216 + gap > box.x && y < box.y + box.height + gap && y + 100 > box.y
  )
}
