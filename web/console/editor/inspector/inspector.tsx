import './inspector.css'
import { ActionIcon, Button, Drawer } from '@mantine/core'
import {
  IconLayoutAlignBottom,
  IconLayoutAlignLeft,
  IconLayoutAlignRight,
  IconLayoutAlignTop,
} from '@tabler/icons-react'
import type { KeyboardEvent, ReactNode } from 'react'
import { IconButton } from '../../components/icon-button.tsx'
import { useIsPhone } from '../../components/use-is-phone.ts'
import { useDraft, useEditor, useEditorStore } from '../editor-context.tsx'
import { writeToClipboard } from '../keyboard/clipboard.ts'
import { isEnd, startId } from '../model/draft.ts'
import { noteOf } from '../model/notes.ts'
import { selectionText } from '../model/selection-text.ts'
import { ConnectionPanel } from './connection-panel.tsx'
import { EndPanel } from './end-panel.tsx'
import { JourneyPanel } from './journey-panel.tsx'
import { NodePanel } from './node-panel.tsx'
import { NotePanel } from './note-panel.tsx'
import { PanelTitle } from './panel-title.tsx'

/** The settings of the selection, or of the journey if nothing is selected. */
export function Inspector() {
  const isPhone = useIsPhone()
  const store = useEditorStore()
  const selection = useEditor(({ selection }) => selection)
  const isLine = useEditor(
    ({ selectedOutcome, selection }) => selectedOutcome !== undefined && selection.length === 0,
  )
  const id = selection.at(-1)
  const isNote = useEditor(({ history }) => id !== undefined && noteOf(history.present, id) !== undefined)
  const panel = panelFor(selection, id, { isLine, isNote })
  if (isPhone) return <PhoneInspector>{panel}</PhoneInspector>
  return (
    <section
      className="inspector flex shrink"
      aria-label="Settings"
      onKeyDownCapture={(event) => isLeaving(event) && store.getState().canvasControl?.focus()}
    >
      {panel}
    </section>
  )
}

/** Esc in a field, unless it closes the list of the field. Code fields and dialogs have uses of their own for it. */
function isLeaving({ key, target, currentTarget }: KeyboardEvent): boolean {
  return (
    key === 'Escape' &&
    target instanceof HTMLElement &&
    currentTarget.contains(target) &&
    target.matches('input:not([aria-expanded=true]), textarea')
  )
}

function panelFor(
  selection: readonly string[],
  id: string | undefined,
  { isLine, isNote }: { isLine: boolean; isNote: boolean },
): ReactNode {
  if (isLine) return <ConnectionPanel />
  if (id === undefined) return <JourneyPanel />
  if (selection.length > 1) return <MultiSelectionPanel ids={selection} />
  if (isNote) return <NotePanel key={id} id={id} />
  if (isEnd(id) || id === startId) return <EndPanel key={id} id={id} />
  return <NodePanel key={id} id={id} />
}

/** On phones the settings open in a drawer. */
function PhoneInspector({ children }: { children: ReactNode }) {
  const store = useEditorStore()
  const isOpen = useEditor(({ isInspectorOpen }) => isInspectorOpen)
  return (
    <Drawer
      opened={isOpen}
      onClose={() => store.getState().showInspector(false)}
      position="bottom"
      size="86%"
      title="Settings"
      className="phone-inspector"
    >
      {children}
    </Drawer>
  )
}

function MultiSelectionPanel({ ids }: { ids: readonly string[] }) {
  const store = useEditorStore()
  const isReadOnly = useEditor(({ isReadOnly }) => isReadOnly)
  const { duplicate, remove } = store.getState()
  const what = selectionText(useDraft(), ids)
  return (
    <>
      <PanelTitle title={what}>Move, copy or delete them together</PanelTitle>
      <div className="body">
        <Button variant="default" onClick={() => writeToClipboard(store, ids)}>
          Copy
        </Button>
        {!isReadOnly && (
          <>
            <AlignButtons ids={ids} />
            <Button variant="default" onClick={() => duplicate(ids)}>
              Duplicate
            </Button>
            <Button variant="outline" color="bad" onClick={() => remove(ids)}>
              Delete {what}
            </Button>
          </>
        )}
      </div>
    </>
  )
}

const alignments = [
  ['left', IconLayoutAlignLeft],
  ['right', IconLayoutAlignRight],
  ['top', IconLayoutAlignTop],
  ['bottom', IconLayoutAlignBottom],
] as const

function AlignButtons({ ids }: { ids: readonly string[] }) {
  const store = useEditorStore()
  return (
    <ActionIcon.Group>
      {alignments.map(([edge, Icon]) => (
        <IconButton
          key={edge}
          tooltip={`Align ${edge}`}
          label={`Align ${edge}`}
          icon={Icon}
          iconSize={18}
          variant="default"
          size="lg"
          onClick={() => store.getState().align(ids, edge)}
        />
      ))}
    </ActionIcon.Group>
  )
}
