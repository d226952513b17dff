import { ActionIcon, Button, Menu, SegmentedControl, Tooltip } from '@mantine/core'
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconCheck,
  IconChevronLeft,
  IconDots,
  IconPlayerPlay,
  IconX,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useIsPhone } from '../components/use-is-phone.ts'
import { useEditor, useEditorStore } from './editor-context.tsx'
import { downloadDraft } from './saving/download-draft.ts'
import { saveNow } from './saving/save-now.ts'
import { useChanges } from './saving/use-changes.ts'

/** Breadcrumb, unsaved changes, and the actions on the whole journey. */
export function TopBar() {
  const realm = useEditor(({ realm }) => realm)
  const name = useEditor(({ name }) => name)
  const isPhone = useIsPhone()
  return (
    <header className="top-bar">
      <nav className="crumb" aria-label="Breadcrumb">
        <Link to="/journeys" search={{ realm }}>
          {isPhone ? <IconChevronLeft size={18} stroke={1.75} aria-label="Back to journeys" /> : 'Journeys'}
        </Link>
        {!isPhone && <span aria-hidden>/</span>}
        <h1>
          <bdi title={name}>{name}</bdi>
        </h1>
      </nav>
      <ChangesChip />
      <span className="stretch" />
      {!isPhone && <ViewSwitch />}
      {!isPhone && <UndoButtons />}
      <FindingsButton />
      <RunButton />
      <SaveButton />
      <MoreMenu />
    </header>
  )
}

function ChangesChip() {
  const { count } = useChanges()
  const saves = useEditor(({ saved }) => saved.saves)
  const hasEdited = useEditor(({ history }) => history.past.length + history.future.length > 0)
  const words =
    count > 0
      ? count === 1
        ? '1 change not saved'
        : `${count} changes not saved`
      : hasEdited
        ? `Saved, version ${saves}`
        : ''
  return (
    <span className={count > 0 ? 'chip' : 'chip accent'} role="status" hidden={words === ''}>
      {count === 0 && <IconCheck size={14} stroke={2} aria-hidden />}
      {words}
    </span>
  )
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
      <ActionButton label="Undo" detail={last} onClick={() => store.getState().undo()}>
        <IconArrowBackUp size={18} stroke={1.75} aria-hidden />
      </ActionButton>
      <ActionButton label="Redo" detail={next} onClick={() => store.getState().redo()}>
        <IconArrowForwardUp size={18} stroke={1.75} aria-hidden />
      </ActionButton>
    </>
  )
}

type ActionButtonProps = { label: string; detail: string | undefined; onClick(): void; children: ReactNode }

function ActionButton({ label, detail, onClick, children }: ActionButtonProps) {
  return (
    <Tooltip label={detail === undefined ? label : `${label}: ${detail}`}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={label}
        disabled={detail === undefined}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  )
}

function FindingsButton() {
  const store = useEditorStore()
  const count = useEditor(({ findings }) => findings.length)
  if (count === 0) return null
  const words = count === 1 ? '1 finding' : `${count} findings`
  return (
    <Button
      variant="subtle"
      className="findings-button"
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
    return (
      <ActionIcon variant="default" size="lg" aria-label={words} onClick={toggle}>
        <Icon size={16} stroke={1.75} aria-hidden />
      </ActionIcon>
    )
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

function SaveButton() {
  const store = useEditorStore()
  const { count } = useChanges()
  const isSaving = useEditor(({ saveState }) => saveState.kind === 'saving')
  return (
    <Button size="xs" onClick={() => void saveNow(store)} loading={isSaving} aria-disabled={count === 0}>
      Save
    </Button>
  )
}

function MoreMenu() {
  const store = useEditorStore()
  const isPhone = useIsPhone()
  const canUndo = useEditor(({ history }) => history.past.length > 0)
  const canRedo = useEditor(({ history }) => history.future.length > 0)
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label="More">
          <IconDots size={18} stroke={1.75} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {isPhone && (
          <>
            <Menu.Item disabled={!canUndo} onClick={() => store.getState().undo()}>
              Undo
            </Menu.Item>
            <Menu.Item disabled={!canRedo} onClick={() => store.getState().redo()}>
              Redo
            </Menu.Item>
          </>
        )}
        <Menu.Item onClick={() => store.getState().select([])}>Journey settings</Menu.Item>
        <Menu.Item onClick={() => store.getState().arrangeNodes()}>Arrange nodes</Menu.Item>
        <Menu.Item onClick={() => downloadDraft(store)}>Download as JSON</Menu.Item>
        <Menu.Item onClick={() => store.getState().openDialog({ kind: 'keys' })}>
          Keyboard shortcuts
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
