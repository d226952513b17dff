import { Button } from '@mantine/core'
import { nameOfEnd } from '../canvas/flow-nodes.ts'
import { useDraft, useEditor, useEditorStore } from '../editor-context.tsx'
import { targetOf } from '../model/connect.ts'
import { PanelTitle } from './panel-title.tsx'
import { TargetSelect } from './target-select.tsx'

/** Settings of a connection that is selected on its own. */
export function ConnectionPanel() {
  const store = useEditorStore()
  const draft = useDraft()
  const source = useEditor(({ selectedOutcome }) => selectedOutcome)
  const nodeView = useEditor(({ nodeViews, selectedOutcome }) => nodeViews.get(selectedOutcome?.from ?? ''))
  const isReadOnly = useEditor(({ isReadOnly }) => isReadOnly)
  if (source === undefined) return null
  const outcome = nodeView?.outcomes.find(({ id }) => id === source.outcome)
  const name = nodeView?.name ?? nameOfEnd(source.from)
  return (
    <>
      <PanelTitle title="Connection">
        <bdi>
          {nodeView === undefined || nodeView.isPassThrough
            ? name
            : `${outcome?.label ?? source.outcome} of ${name}`}
        </bdi>
      </PanelTitle>
      <div className="body">
        <TargetSelect source={source} target={targetOf(draft, source)} label="Target" />
        {!isReadOnly && (
          <Button variant="default" onClick={() => store.getState().disconnectFrom(source)}>
            Disconnect
          </Button>
        )}
      </div>
    </>
  )
}
