import './notices.css'
import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCloudOff, IconInfoCircle } from '@tabler/icons-react'
import { useEffect } from 'react'
import { relativeTime } from '../components/relative-time.ts'
import { useEditor, useEditorStore } from './editor-context.tsx'
import { openConflict } from './saving/report-failure.ts'
import { saveNow } from './saving/save-now.ts'

/** Problems that prevent saving, above the canvas. */
export function Notices() {
  return (
    <div className="notices">
      <Offline />
      <Unkept />
      <Refused />
      <Behind />
      <MissingNode />
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
    <div className="band warn row text-note" role="alert">
      <IconCloudOff size={18} stroke={1.75} aria-hidden />
      <p className="flexible breaks">
        <strong>The server cannot be reached.</strong> Your changes are kept in this window.
      </p>
      <Button variant="default" size="compact-sm" onClick={() => void saveNow(store)}>
        Try again
      </Button>
    </div>
  )
}

/** Storage of the browser that is full or switched off. */
function Unkept() {
  const store = useEditorStore()
  const isUnkept = useEditor(({ isUnkept }) => isUnkept)
  if (!isUnkept) return null
  return (
    <div className="band warn row text-note" role="alert">
      <IconAlertTriangle size={18} stroke={1.75} aria-hidden />
      <p className="flexible breaks">
        <strong>This browser does not keep your changes.</strong> Its storage is full or switched off, so save
        them before you leave.
      </p>
      <Button variant="default" size="compact-sm" onClick={() => void saveNow(store)}>
        Save draft
      </Button>
    </div>
  )
}

/** The journey was published since the draft was begun. */
function Behind() {
  const store = useEditorStore()
  const isBehind = useEditor(({ saved }) => saved.isBehind)
  const published = useEditor(({ saved }) => saved.published)
  if (!isBehind || published === undefined) return null
  return (
    <div className="band warn row text-note" role="status">
      <IconAlertTriangle size={18} stroke={1.75} aria-hidden />
      <p className="flexible breaks">
        <strong>
          <bdi>{published.savedBy ?? 'Another administrator'}</bdi> published this journey
          {published.savedAt !== null && ` ${relativeTime(published.savedAt)}`}.
        </strong>{' '}
        This draft was begun before, so merge both versions.
      </p>
      <Button variant="default" size="compact-sm" onClick={() => void openConflict(store)}>
        Merge
      </Button>
    </div>
  )
}

/** A link named a node that was deleted, or that only another version contains. */
function MissingNode() {
  const store = useEditorStore()
  const isMissing = useEditor(({ missingNode }) => missingNode !== undefined)
  if (!isMissing) return null
  return (
    <div className="band row text-note" role="status">
      <IconInfoCircle size={18} stroke={1.75} aria-hidden />
      <p className="flexible breaks">
        The link leads to a node that this journey does not contain. It may have been deleted.
      </p>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        onClick={() => store.getState().closeMissingNode()}
      >
        Close
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
    <div className="band bad row text-note" role="alert">
      <IconAlertTriangle size={18} stroke={1.75} aria-hidden />
      <p className="flexible breaks">
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
