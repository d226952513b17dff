import { useEditor } from '../editor-context.tsx'
import type { Face, NodeFace } from '../model/node-views.ts'
import type { Editor } from '../store/editor.ts'

/** A node of the canvas or of a page as it is shown. */
export function useFace(id: string): Face | NodeFace | undefined {
  return useEditor((editor) => faceIn(editor, id))
}

export function faceIn({ faces }: Pick<Editor, 'faces'>, id: string): Face | undefined {
  const own = faces.get(id)
  if (own !== undefined) return own
  for (const { children = [] } of faces.values()) {
    const child = children.find((each) => each.id === id)
    if (child !== undefined) return child
  }
  return undefined
}
