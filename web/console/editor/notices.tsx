import './notices.css'
import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCloudOff, IconInfoCircle } from '@tabler/icons-react'
import { type ReactNode, useEffect } from 'react'
import { relativeTime } from '../components/relative-time.ts'
import { useEditor, useEditorStore } from './editor-context.tsx'
import { isSameDraft } from './model/draft-equality.ts'
import { openConflict } from './saving/report-failure.ts'
import { saveNow } from './saving/save-now.ts'
import { useOvertaken } from './saving/use-overtaken.ts'

/** Problems that prevent saving, above the canvas. */
export function Notices() {
  return (
    <div className="notices">
      <Offline />
      <Unkept />
      <Refused />
      <Others />
      <MissingNode />
    </div>
  )
}

type BandProps = {
  role?: 'alert'
  tone?: 'warn' | 'bad'
  icon?: typeof IconAlertTriangle
  actions: ReactNode
  children: ReactNode
}

function Band({ role, tone, icon: Icon = IconAlertTriangle, actions, children }: BandProps) {
  return (
    <div className={`band ${tone ?? ''} row text-note`} role={role ?? 'status'}>
      <Icon size={18} stroke={1.75} aria-hidden />
      <p className="flexible breaks">{children}</p>
      {actions}
    </div>
  )
}

function Act({ onClick, children }: { onClick(): void; children: ReactNode }) {
  return (
    <Button variant="default" size="compact-sm" onClick={onClick}>
      {children}
    </Button>
  )
}

function Close({ onClick }: { onClick(): void }) {
  return (
    <Button variant="subtle" color="gray" size="compact-sm" onClick={onClick}>
      Close
    </Button>
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
    <Band
      role="alert"
      tone="warn"
      icon={IconCloudOff}
      actions={<Act onClick={() => void saveNow(store)}>Try again</Act>}
    >
      <strong>The server cannot be reached.</strong> Your changes are kept in this window.
    </Band>
  )
}

/** Storage of the browser that is full or switched off. */
function Unkept() {
  const store = useEditorStore()
  const isUnkept = useEditor(({ isUnkept }) => isUnkept)
  if (!isUnkept) return null
  return (
    <Band role="alert" tone="warn" actions={<Act onClick={() => void saveNow(store)}>Save draft</Act>}>
      <strong>This browser does not keep your changes.</strong> Its storage is full or switched off, so save
      them before you leave.
    </Band>
  )
}

/** The journey was published since the draft was begun, or saved by another editor since this one read it. */
function Others() {
  const store = useEditorStore()
  const isBehind = useEditor(({ saved }) => saved.isBehind)
  const published = useEditor(({ saved }) => saved.published)
  const overtaken = useOvertaken()
  const isUnchanged = useEditor(
    ({ saved, history }) => overtaken !== undefined && isSameDraft(saved.draft, history.present),
  )
  if (overtaken === undefined && (!isBehind || published === undefined)) return null
  const { by, at, isPublished } = overtaken ?? {
    by: published?.savedBy,
    at: published?.savedAt ?? null,
    isPublished: true,
  }
  return (
    <Band
      tone="warn"
      actions={
        <Act onClick={() => void openConflict(store, isUnchanged)}>{isUnchanged ? 'Load' : 'Merge'}</Act>
      }
    >
      <strong>
        <bdi>{by ?? 'Another administrator'}</bdi> {isPublished ? 'published' : 'saved a draft of'} this
        journey
        {at !== null && ` ${relativeTime(at)}`}.
      </strong>{' '}
      {overtaken === undefined
        ? 'This draft was begun before, so merge both versions.'
        : 'You see it as it was before.'}
    </Band>
  )
}

/** A link named a node that was deleted, or that only another version contains. */
function MissingNode() {
  const store = useEditorStore()
  const isMissing = useEditor(({ missingNode }) => missingNode !== undefined)
  if (!isMissing) return null
  return (
    <Band icon={IconInfoCircle} actions={<Close onClick={() => store.getState().closeMissingNode()} />}>
      The link leads to a node that this journey does not contain. It may have been deleted.
    </Band>
  )
}

function Refused() {
  const store = useEditorStore()
  const save = useEditor(({ saveState }) => saveState)
  if (save.kind !== 'refused') return null
  const nodeId = save.problems.find((problem) => problem.nodeId !== undefined)?.nodeId
  const { length } = save.problems
  const show = (id: string) => {
    store.getState().select([id])
    store.getState().canvasControl?.reveal(id)
  }
  return (
    <Band
      role="alert"
      tone="bad"
      actions={
        <>
          {nodeId !== undefined && <Act onClick={() => show(nodeId)}>Show node</Act>}
          <Close onClick={() => store.getState().setSaveState({ kind: 'idle' })} />
        </>
      }
    >
      <strong>Not saved{length > 1 ? `: ${length} problems` : ''}.</strong> <bdi>{save.message}</bdi>
    </Band>
  )
}
