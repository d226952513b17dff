import { Button, Menu, SegmentedControl } from '@mantine/core'
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconCheck,
  IconChevronLeft,
  IconPlayerPlay,
  IconX,
  type TablerIcon,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { IconButton, MoreMenu } from '../components/icon-button.tsx'
import { timeInText } from '../components/relative-time.ts'
import { useIsPhone } from '../components/use-is-phone.ts'
import { useEditor, useEditorStore } from './editor-context.tsx'
import { togglePanel, useIsNarrow } from './panels.ts'
import { downloadDraft } from './saving/download-draft.ts'
import { askToPublish } from './saving/publish-now.ts'
import { saveNow } from './saving/save-now.ts'
import { useChanges } from './saving/use-changes.ts'
import { shownFindings } from './store/editor-state.ts'
import type { EditorStore } from './store/editor-store.ts'

/** Breadcrumb, unsaved changes, and the actions on the whole journey. */
export function TopBar() {
  const realm = useEditor(({ realm }) => realm)
  const name = useEditor(({ name }) => name)
  const isPhone = useIsPhone()
  const isNarrow = useIsNarrow()
  return (
    <header className="top-bar row gap-2">
      <nav className="crumb row shrink gap-6px" aria-label="Breadcrumb">
        <Link to="/journeys" search={{ realm }}>
          {isNarrow ? <IconChevronLeft size={18} stroke={1.75} aria-label="Back to journeys" /> : 'Journeys'}
        </Link>
        {!isNarrow && <span aria-hidden>/</span>}
        <div className="title">
          <h1 className="one-line heading-3">
            <bdi title={name}>{name}</bdi>
          </h1>
          {isNarrow && <StateChip />}
        </div>
      </nav>
      {!isNarrow && <StateChip />}
      <span className="stretch flexible" />
      {!isPhone && <ViewSwitch />}
      {!isNarrow && <UndoButtons />}
      <FindingsButton />
      <RunButton />
      <SavingButtons isPhone={isPhone} />
      <JourneyMenu />
    </header>
  )
}

/** Whether sign-ins use what the editor shows. */
function StateChip() {
  const { count } = useChanges()
  const { revision, savedAt } = useEditor(({ saved }) => saved)
  const isPublished = count === 0 && revision === undefined
  return (
    <span className={isPublished ? 'chip accent' : 'chip'} role="status">
      {isPublished && <IconCheck size={14} stroke={2} aria-hidden />}
      {wordsOf(count, revision !== undefined, savedAt)}
    </span>
  )
}

function wordsOf(count: number, isDraft: boolean, savedAt: number | null): string {
  if (count > 0) return count === 1 ? '1 unsaved change' : `${count} unsaved changes`
  if (!isDraft) return 'Published'
  return savedAt === null ? 'Draft' : `Draft, saved ${timeInText(savedAt)}`
}

function ViewSwitch() {
  const view = useEditor(({ view }) => view)
  const store = useEditorStore()
  return (
    <SegmentedControl
      size="xs"
      aria-label="View"
      value={view}
      onChange={(chosen) => store.getState().showView(chosen === 'outline' ? 'outline' : 'canvas')}
      data={[
        { value: 'canvas', label: 'Canvas' },
        { value: 'outline', label: 'Outline' },
      ]}
    />
  )
}

function UndoButtons() {
  const last = useEditor(({ history }) => history.past.at(-1)?.label)
  const next = useEditor(({ history }) => history.future[0]?.label)
  const store = useEditorStore()
  return (
    <>
      <ActionButton
        label="Undo"
        detail={last}
        icon={IconArrowBackUp}
        onClick={() => store.getState().undo()}
      />
      <ActionButton
        label="Redo"
        detail={next}
        icon={IconArrowForwardUp}
        onClick={() => store.getState().redo()}
      />
    </>
  )
}

type ActionButtonProps = { label: string; detail: string | undefined; icon: TablerIcon; onClick(): void }

function ActionButton({ detail, ...button }: ActionButtonProps) {
  const tooltip = detail === undefined ? button.label : `${button.label}: ${detail}`
  return <IconButton {...button} iconSize={18} size="lg" tooltip={tooltip} disabled={detail === undefined} />
}

function FindingsButton() {
  const store = useEditorStore()
  const count = useEditor(shownFindings).length
  if (count === 0) return null
  const words = count === 1 ? '1 finding' : `${count} findings`
  return (
    <Button
      variant="subtle"
      className="findings-button ink-warn"
      size="compact-md"
      leftSection={<IconAlertTriangle size={16} stroke={1.75} aria-hidden />}
      aria-label={words}
      onClick={() => store.getState().openDialog({ kind: 'findings' })}
    >
      {count}
    </Button>
  )
}

function RunButton() {
  const store = useEditorStore()
  const isRun = useEditor(({ isRunShown }) => isRunShown)
  const isPhone = useIsPhone()
  const Icon = isRun ? IconX : IconPlayerPlay
  const words = isRun ? 'Close run' : 'Run'
  const toggle = () => store.getState().showRun(!isRun)
  if (isPhone) {
    return <IconButton label={words} icon={Icon} variant="default" size="lg" onClick={toggle} />
  }
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<Icon size={16} stroke={1.75} aria-hidden />}
      onClick={toggle}
    >
      {words}
    </Button>
  )
}

/** Phones have room for one of them: what comes next. */
function SavingButtons({ isPhone }: { isPhone: boolean }) {
  const { count } = useChanges()
  if (!isPhone) {
    return (
      <>
        <SaveButton />
        <PublishButton />
      </>
    )
  }
  return count > 0 ? <SaveButton /> : <PublishButton />
}

function SaveButton() {
  const store = useEditorStore()
  const { count } = useChanges()
  const isSaving = useEditor(({ saveState }) => saveState.kind === 'saving')
  return (
    <Button
      variant="default"
      size="xs"
      onClick={() => void saveNow(store)}
      loading={isSaving}
      aria-disabled={count === 0}
    >
      Save
    </Button>
  )
}

function PublishButton() {
  const store = useEditorStore()
  const { count } = useChanges()
  const isDraft = useEditor(({ saved }) => saved.revision !== undefined)
  return (
    <Button size="xs" onClick={() => void askToPublish(store)} aria-disabled={count === 0 && !isDraft}>
      Publish
    </Button>
  )
}

function JourneyMenu() {
  const store = useEditorStore()
  const isPhone = useIsPhone()
  const isNarrow = useIsNarrow()
  const canUndo = useEditor(({ history }) => history.past.length > 0)
  const canRedo = useEditor(({ history }) => history.future.length > 0)
  const isDraft = useEditor(({ saved }) => saved.revision !== undefined)
  const { count } = useChanges()
  return (
    <MoreMenu label="More" size="lg">
      {isNarrow && (
        <>
          <Menu.Item disabled={!canUndo} onClick={() => store.getState().undo()}>
            Undo
          </Menu.Item>
          <Menu.Item disabled={!canRedo} onClick={() => store.getState().redo()}>
            Redo
          </Menu.Item>
        </>
      )}
      {isPhone && <Menu.Item onClick={() => void askToPublish(store)}>Publish</Menu.Item>}
      <Menu.Item onClick={() => showJourneySettings(store)}>Journey settings</Menu.Item>
      <Menu.Item onClick={() => store.getState().arrangeNodes()}>Arrange nodes</Menu.Item>
      <Menu.Item onClick={() => store.getState().openDialog({ kind: 'history' })}>History…</Menu.Item>
      <Menu.Item onClick={() => downloadDraft(store)}>Download as JSON</Menu.Item>
      <Menu.Item onClick={() => store.getState().openDialog({ kind: 'keys' })}>Keyboard shortcuts</Menu.Item>
      {count > 0 && <Menu.Item onClick={() => discardChanges(store)}>Discard changes</Menu.Item>}
      {isDraft && (
        <Menu.Item color="bad" onClick={() => store.getState().openDialog({ kind: 'discard' })}>
          Discard draft…
        </Menu.Item>
      )}
    </MoreMenu>
  )
}

function showJourneySettings(store: EditorStore): void {
  store.getState().select([])
  togglePanel('settings', true)
}

/** Goes back to the saved state. Undo brings the changes back. */
function discardChanges(store: EditorStore): void {
  const { change, saved } = store.getState()
  change({ label: 'Discard changes', apply: () => saved.draft })
}
