import { useEditor } from '../editor-context.tsx'
import type { CanvasNodeView, NodeView } from '../model/node-views.ts'
import type { Editor } from '../store/editor.ts'

/** The view of a node on the canvas or on a page. */
export function useNodeView(id: string): NodeView | CanvasNodeView | undefined {
  return useEditor((editor) => findNodeView(editor, id))
}

export function findNodeView({ nodeViews }: Pick<Editor, 'nodeViews'>, id: string): NodeView | undefined {
  const own = nodeViews.get(id)
  if (own !== undefined) return own
  for (const { children = [] } of nodeViews.values()) {
    const child = children.find((each) => each.id === id)
    if (child !== undefined) return child
  }
  return undefined
}
