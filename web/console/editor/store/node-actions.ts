import type { Place } from '../../../api/journey-document.ts'
import type { NodeType } from '../../../api/node-types.ts'
import { addBehind, addNode, addToPage, mayBeOnPage, type NewNode } from '../model/add-node.ts'
import { connect, disconnect, splice, startExit, targetOf } from '../model/connect.ts'
import { type Draft, entryOf, isEnd, nodeOf, startId } from '../model/draft.ts'
import { copyNodes, type Fragment, pasteNodes, pasteOntoPage } from '../model/fragment.ts'
import type { Box } from '../model/geometry.ts'
import { nodeWidth, sizeOfEnd } from '../model/geometry.ts'
import { layout } from '../model/layout.ts'
import { firstFree } from '../model/node-outcomes.ts'
import { outcomesOfNew } from '../model/outcome-queries.ts'
import { childOf, isPage } from '../model/page-children.ts'
import { moveToPage, takeOffPage } from '../model/page-moves.ts'
import { moveBy, moveTo, onGrid, placeOf } from '../model/positions.ts'
import { isRemovable, predecessorOf, removeNodes } from '../model/remove-nodes.ts'
import type { Editor, NodeActions, Where } from './editor.ts'
import type { EditorState } from './editor-state.ts'

export function nodeActions(get: () => Editor): NodeActions {
  const newId = () => crypto.randomUUID()
  const shown = (id: string) => placeOf(get().history.present, get().placed, id)
  return {
    add: (type, where) => addType(get, type, where ?? defaultPlace(get, type), newId()),
    remove: (ids) => removeFrom(get, ids),
    connectTo: (exit, target) =>
      get().change({ label: 'Connect', make: (draft) => connect(draft, exit, target) }),
    disconnectFrom: (exit) => get().change({ label: 'Disconnect', make: (draft) => disconnect(draft, exit) }),
    move: (places) => get().change({ label: 'Move', make: (draft) => moveTo(draft, get().placed, places) }),
    nudge: (by) => {
      const ids = get().selection.filter((id) => isOnCanvas(get().history.present, id))
      get().change({
        label: 'Move',
        make: (draft) => moveBy(draft, get().placed, ids, by),
        gesture: `nudge ${ids.join(' ')}`,
      })
    },
    spliceIn: (id, edge, at) => {
      const outcome = firstFree(get().faces.get(id)?.ways ?? [])?.id
      get().change({
        label: 'Put into a connection',
        make: (draft) => splice(moveTo(draft, get().placed, { [id]: at }), edge, id, outcome),
      })
    },
    putOnPage: (id, pageId, gap) =>
      get().change({
        label: 'Put onto a page',
        make: (draft) => moveToPage(draft, id, pageId, gap),
        select: [id],
      }),
    takeOff: (id, at) => {
      const pageId = childOf(get().history.present, id)?.pageId
      const page = shown(pageId ?? startId)
      const place = at ?? freePlaceNear(get(), { x: page.x, y: page.y + 240 })
      get().change({
        label: 'Take off the page',
        make: (draft) => takeOffPage(draft, id, place),
        select: [id],
      })
    },
    copy: (ids) => copyNodes(get().history.present, get().placed, ids),
    paste: (fragment, at) => pasteInto(get, fragment, at, 'Paste', newId),
    duplicate: (ids, at) => {
      const fragment = copyNodes(get().history.present, get().placed, ids)
      if (fragment !== undefined) pasteInto(get, fragment, at, 'Duplicate', newId)
    },
    tidyUp: () =>
      get().change({
        label: 'Tidy up',
        make: (draft) =>
          moveTo(
            draft,
            get().placed,
            layout(draft, (id) => get().faces.get(id)?.size ?? sizeOfEnd(id)),
          ),
      }),
  }
}

function isOnCanvas(draft: Draft, id: string): boolean {
  return nodeOf(draft, id) !== undefined || isEnd(id) || id === startId
}

/** Behind the first free way out of what is chosen; behind the start while the journey has no beginning. */
function defaultPlace(get: () => Editor, type: NodeType): Where {
  const { selection, faces, history, exit } = get()
  const draft = history.present
  const chosen = selection.at(-1)
  const child = chosen === undefined ? undefined : childOf(draft, chosen)
  if (child !== undefined && mayBeOnPage(type.type)) return { kind: 'page', pageId: child.pageId }
  if (exit !== undefined && targetOf(draft, exit) === undefined) return { kind: 'behind', exit }
  const free = firstFree(faces.get(chosen ?? '')?.ways ?? [])
  if (chosen !== undefined && free !== undefined) {
    return { kind: 'behind', exit: { from: chosen, outcome: free.id } }
  }
  if (entryOf(draft) === undefined) return { kind: 'behind', exit: startExit }
  const near = placeOf(draft, get().placed, chosen ?? startId)
  return { kind: 'free', at: freePlaceNear(get(), { x: near.x + nodeWidth + 64, y: near.y }) }
}

function addType(get: () => Editor, type: NodeType, where: Where, id: string): void {
  const { title, version, template } = type
  const node: NewNode = { id, type: type.type, version, title, template }
  get().change({
    label: `Add ${title}`,
    make: (draft) => added(get, draft, node, where, type),
    select: [id],
  })
  get().noteRecent(type.type)
}

function added(get: () => Editor, draft: Draft, node: NewNode, where: Where, type: NodeType): Draft {
  switch (where.kind) {
    case 'page':
      return addToPage(draft, where.pageId, node, where.gap)
    case 'free':
      return addNode(draft, node, where.at)
    case 'edge':
      return splice(
        addNode(draft, node, where.at),
        where.edge,
        node.id,
        outcomesOfNew(type, get().known)?.[0]?.id,
      )
    case 'behind': {
      const { from } = where.exit
      const before = placeOf(draft, get().placed, from)
      const width = from === startId ? sizeOfEnd(startId).width : nodeWidth
      const y = from === startId ? before.y - 6 : before.y
      const place = freePlaceNear(get(), { x: before.x + width + 64, y })
      return addBehind(draft, node, place, where.exit)
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
    make: (draft) => removeNodes(draft, removed),
    select: before === undefined || removed.includes(before) ? [] : [before],
  })
}

function pasteInto(
  get: () => Editor,
  fragment: Fragment,
  at: Place | undefined,
  label: string,
  newId: () => string,
): void {
  const { history, selection } = get()
  const chosen = selection.at(-1)
  const types = Object.values(fragment.tree.nodes).map(({ nodeType }) => nodeType)
  const isForPage =
    at === undefined &&
    label === 'Paste' &&
    chosen !== undefined &&
    isPage(history.present, chosen) &&
    types.every(mayBeOnPage)
  const [first] = Object.values(fragment.tree.nodes)
  const near = at ?? freePlaceNear(get(), { x: (first?.x ?? 0) + 32, y: (first?.y ?? 0) + 32 })
  let ids: string[] = []
  get().change({
    label,
    make: (draft) => {
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

/** The nearest place below the wanted one where a new node covers nothing. */
function freePlaceNear(state: EditorState, wanted: Place): Place {
  const draft = state.history.present
  const boxes: Box[] = [...state.faces.values()].map(({ id, size }) => ({
    ...placeOf(draft, state.placed, id),
    ...size,
  }))
  let place = onGrid(wanted)
  for (let tries = 0; tries < boxes.length + 1; tries += 1) {
    const taken = boxes.find((box) => isNear(place, box))
    if (taken === undefined) return place
    place = onGrid({ x: place.x, y: taken.y + taken.height + gap })
  }
  return place
}

function isNear({ x, y }: Place, box: Box): boolean {
  return (
    x < box.x + box.width + gap && x + 216 + gap > box.x && y < box.y + box.height + gap && y + 100 > box.y
  )
}
