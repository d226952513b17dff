import { useEditor } from '../editor-context.tsx'
import type { Editor } from '../store/editor.ts'
import { nameOfEnd } from './flow-nodes.ts'

/** Says what the keys have come to: on the canvas itself nothing has the focus but the canvas. */
export function SelectionVoice() {
  const words = useEditor(wordsOf)
  return (
    <p className="spoken" aria-live="polite">
      {words}
    </p>
  )
}

function wordsOf({ selection, faces, exit, findings }: Editor): string {
  const name = (id: string) => faces.get(id)?.name ?? childName(faces, id) ?? nameOfEnd(id)
  if (selection.length > 1) return `${selection.length} nodes chosen`
  const id = selection.at(-1) ?? exit?.from
  if (id === undefined) return ''
  const face = faces.get(id)
  const way = face?.ways.find((each) => each.id === exit?.outcome)
  if (way !== undefined) {
    const target = way.target === undefined ? 'leads nowhere yet' : `leads to ${name(way.target)}`
    return `${way.label} of ${name(id)} ${target}`
  }
  const count = findings.filter(({ nodeId }) => nodeId === id).length
  const parts = [
    name(id),
    face?.about ?? '',
    face === undefined ? '' : face.ways.length === 1 ? '1 way out' : `${face.ways.length} ways out`,
    count === 0 ? '' : count === 1 ? '1 finding' : `${count} findings`,
  ]
  return parts.filter((part) => part !== '').join(', ')
}

function childName(faces: Editor['faces'], id: string): string | undefined {
  for (const { children = [], name } of faces.values()) {
    const child = children.find((each) => each.id === id)
    if (child !== undefined) return `${child.name} on ${name}`
  }
  return undefined
}
