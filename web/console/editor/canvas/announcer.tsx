import { useEditor } from '../editor-context.tsx'
import { noteOf } from '../model/notes.ts'
import { selectionText } from '../model/selection-text.ts'
import type { Editor } from '../store/editor.ts'
import { nameOfEnd, nameOfNote } from './flow-nodes.ts'

/** Announces the selection to screen readers: the focus stays on the canvas as a whole. */
export function Announcer() {
  const words = useEditor(wordsOf)
  return (
    <p className="spoken" aria-live="polite">
      {words}
    </p>
  )
}

function wordsOf({ history, selection, nodeViews, selectedOutcome, findings }: Editor): string {
  const note = (id: string) => {
    const one = noteOf(history.present, id)
    return one && nameOfNote(one)
  }
  const name = (id: string) =>
    nodeViews.get(id)?.name ?? childName(nodeViews, id) ?? note(id) ?? nameOfEnd(id)
  if (selection.length > 1) return `${selectionText(history.present, selection)} selected`
  const id = selection.at(-1) ?? selectedOutcome?.from
  if (id === undefined) return ''
  const nodeView = nodeViews.get(id)
  const outcome = nodeView?.outcomes.find((each) => each.id === selectedOutcome?.outcome)
  if (outcome !== undefined) {
    const target = outcome.target === undefined ? 'is not connected' : `leads to ${name(outcome.target)}`
    return `${outcome.label} of ${name(id)} ${target}`
  }
  const count = findings.filter(({ nodeId }) => nodeId === id).length
  const parts = [
    name(id),
    nodeView?.subtitle ?? '',
    nodeView === undefined
      ? ''
      : nodeView.outcomes.length === 1
        ? '1 outcome'
        : `${nodeView.outcomes.length} outcomes`,
    count === 0 ? '' : count === 1 ? '1 finding' : `${count} findings`,
  ]
  return parts.filter((part) => part !== '').join(', ')
}

function childName(nodeViews: Editor['nodeViews'], id: string): string | undefined {
  for (const { children = [], name } of nodeViews.values()) {
    const child = children.find((each) => each.id === id)
    if (child !== undefined) return `${child.name} on ${name}`
  }
  return undefined
}
