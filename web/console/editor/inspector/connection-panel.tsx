import { Button } from '@mantine/core'
import { nameOfEnd } from '../canvas/flow-nodes.ts'
import { useDraft, useEditor, useEditorStore } from '../editor-context.tsx'
import { targetOf } from '../model/connect.ts'
import { TargetSelect } from './target-select.tsx'

/** A line that was chosen alone. */
export function LinePanel() {
  const store = useEditorStore()
  const draft = useDraft()
  const exit = useEditor(({ exit }) => exit)
  const face = useEditor(({ faces, exit }) => faces.get(exit?.from ?? ''))
  const isReadOnly = useEditor(({ isReadOnly }) => isReadOnly)
  if (exit === undefined) return null
  const way = face?.ways.find(({ id }) => id === exit.outcome)
  const name = face?.name ?? nameOfEnd(exit.from)
  return (
    <>
      <header className="title">
        <div className="words">
          <h2>Connection</h2>
          <p>
            <bdi>
              {face === undefined || face.isNameless ? name : `${way?.label ?? exit.outcome} of ${name}`}
            </bdi>
          </p>
        </div>
      </header>
      <div className="body">
        <TargetSelect exit={exit} target={targetOf(draft, exit)} label="Where it leads" />
        {!isReadOnly && (
          <Button variant="default" onClick={() => store.getState().disconnectFrom(exit)}>
            Disconnect
          </Button>
        )}
      </div>
    </>
  )
}
