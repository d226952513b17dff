import { Button } from '@mantine/core'
import { IconExclamationCircle } from '@tabler/icons-react'
import { useEditor, useEditorStore } from '../editor-context.tsx'
import { connect } from '../model/connect.ts'
import { failureId } from '../model/draft.ts'
import type { CanvasNodeView, NodeView } from '../model/node-views.ts'
import { FindingNotice } from './finding-notice.tsx'
import { Notice } from './notice.tsx'

/** The findings and save errors of a node. */
export function NodeNotices({ nodeView }: { nodeView: NodeView | CanvasNodeView }) {
  const findings = useEditor(({ findings }) => findings)
  const refused = useEditor(({ saveState }) =>
    saveState.kind === 'refused' ? saveState.problems : undefined,
  )
  const own = findings.filter(({ nodeId }) => nodeId === nodeView.id)
  const problems = refused?.filter(
    ({ nodeId, attribute }) => nodeId === nodeView.id && attribute === undefined,
  )
  return (
    <>
      {problems?.map(({ message }) => (
        <Notice key={message} tone="bad" role="alert" icon={IconExclamationCircle} title="Not saved">
          <p>
            <bdi>{message}</bdi>
          </p>
        </Notice>
      ))}
      {own.map((finding, at) => {
        const { rule, message } = finding
        const isFirst = own.findIndex((other) => other.rule === rule) === at
        return (
          <FindingNotice key={`${rule} ${message}`} finding={finding}>
            {rule === 'unconnected-outcome' && isFirst && 'outcomes' in nodeView && (
              <ToFailure nodeView={nodeView} />
            )}
          </FindingNotice>
        )
      })}
    </>
  )
}

function ToFailure({ nodeView }: { nodeView: CanvasNodeView }) {
  const store = useEditorStore()
  const free = nodeView.outcomes.filter(({ target, isStale }) => target === undefined && !isStale)
  if (free.length === 0) return null
  return (
    <Button
      variant="default"
      size="compact-sm"
      onClick={() =>
        store.getState().change({
          label: 'Connect to Failure',
          apply: (draft) =>
            free.reduce(
              (next, { id }) => connect(next, { from: nodeView.id, outcome: id }, failureId),
              draft,
            ),
        })
      }
    >
      {free.length === 1 ? 'Connect to Failure' : `Connect all ${free.length} to Failure`}
    </Button>
  )
}
