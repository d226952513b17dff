import './notices.css'
import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCloudOff } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useEditor, useEditorStore } from './editor-context.tsx'
import { saveNow } from './saving/save-now.ts'

/** Problems that prevent saving, above the canvas. */
export function Notices() {
  return (
    <div className="notices">
      <Offline />
      <Refused />
    </div>
  )
}

function Offline() {
  const store = useEditorStore()
  const isOffline = useEditor(({ isOffline }) => isOffline)
  useEffect(() => {
    const goOffline = () => store.getState().setOffline(true)
    const goOnline = () => store.getState().setOffline(false)
    addEventListener('offline', goOffline)
    addEventListener('online', goOnline)
    return () => {
      removeEventListener('offline', goOffline)
      removeEventListener('online', goOnline)
    }
  }, [store])
  if (!isOffline) return null
  return (
    <div className="band warn" role="alert">
      <IconCloudOff size={18} stroke={1.75} aria-hidden />
      <p>
        <strong>The server cannot be reached.</strong> Your changes are kept in this window.
      </p>
      <Button variant="default" size="compact-sm" onClick={() => void saveNow(store)}>
        Try again
      </Button>
    </div>
  )
}

function Refused() {
  const store = useEditorStore()
  const save = useEditor(({ saveState }) => saveState)
  if (save.kind !== 'refused') return null
  const nodeId = save.problems.find((problem) => problem.nodeId !== undefined)?.nodeId
  const { length } = save.problems
  return (
    <div className="band bad" role="alert">
      <IconAlertTriangle size={18} stroke={1.75} aria-hidden />
      <p>
        <strong>Not saved{length > 1 ? `: ${length} problems` : ''}.</strong> <bdi>{save.message}</bdi>
      </p>
      {nodeId !== undefined && (
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => {
            store.getState().select([nodeId])
            store.getState().canvasControl?.reveal(nodeId)
          }}
        >
          Show node
        </Button>
      )}
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        onClick={() => store.getState().setSaveState({ kind: 'idle' })}
      >
        Close
      </Button>
    </div>
  )
}
