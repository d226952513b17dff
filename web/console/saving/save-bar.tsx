import './save-bar.css'
import { Button } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconAlertTriangle, IconCheck, IconCloudOff } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { errorMessage } from '../components/error-notice.tsx'
import { NoteField } from './note-field.tsx'
import type { Draft } from './use-draft.ts'

type Props = {
  draft: Draft
  /** The reason why the draft can't be saved yet. */
  blocker?: string | undefined
  /** Offers a note for the history. */
  hasNote?: boolean
  /** The server's error, with the field titles of the page. */
  serverError?: string | undefined
}

/** Unsaved changes and the state of saving, below the form. Hidden when there is neither. */
export function SaveBar({ draft, blocker, serverError, hasNote = false }: Props) {
  const { changes, saveState, save, discard, note, setNote } = draft
  const { length: count } = changes
  useHotkeys([['mod+S', () => count > 0 && blocker === undefined && void save()]], [])
  useFocusFirstError(saveState.kind === 'refused')
  const isShown = count > 0 || ['offline', 'refused', 'saved'].includes(saveState.kind)
  return (
    <div className={isShown ? 'save-bar shown row wrap gap-2 pad-3 text-note' : 'save-bar'}>
      <Message draft={draft} blocker={blocker} serverError={serverError} />
      {count > 0 && (
        <>
          {hasNote && <NoteField note={note} onChange={setNote} />}
          <Button variant="subtle" color="gray" onClick={discard} disabled={saveState.kind === 'saving'}>
            Discard
          </Button>
          <Button
            onClick={() => void save()}
            loading={saveState.kind === 'saving'}
            disabled={blocker !== undefined}
          >
            {saveState.kind === 'offline' ? 'Try again' : 'Save'}
          </Button>
        </>
      )}
    </div>
  )
}

function Message({ draft: { changes, saveState }, blocker, serverError }: Props) {
  const { length: count } = changes
  if (saveState.kind === 'offline') {
    return (
      <p role="alert" className="flex align-start flexible gap-2 breaks">
        <IconCloudOff className="rigid ink-warn" size={18} stroke={1.75} aria-hidden />
        <span>
          <strong>The server cannot be reached.</strong> Your changes are safe in this window.
        </span>
      </p>
    )
  }
  if (saveState.kind === 'refused') {
    return (
      <p role="alert" className="flex align-start flexible gap-2 breaks">
        <IconAlertTriangle className="rigid ink-bad" size={18} stroke={1.75} aria-hidden />
        <span>
          <strong>Not saved.</strong> <bdi>{serverError ?? errorMessage(saveState.error)}</bdi>
        </span>
      </p>
    )
  }
  if (saveState.kind === 'saved' && count === 0) {
    return (
      <p className="flex align-start flexible gap-2 breaks" role="status">
        <IconCheck className="rigid ink-good" size={18} stroke={1.75} aria-hidden />
        <span>Saved</span>
      </p>
    )
  }
  return (
    <p className="flex align-start flexible gap-2 breaks" role="status">
      {count > 0 && (
        <span>
          {count === 1 ? '1 change' : `${count} changes`} not saved{blocker && `. ${blocker}`}
        </span>
      )}
    </p>
  )
}

/** Moves the focus to the first field that the server rejected. */
function useFocusFirstError(isRefused: boolean): void {
  const wasRefused = useRef(false)
  useEffect(() => {
    if (isRefused && !wasRefused.current) {
      document.querySelector<HTMLElement>('main [aria-invalid="true"]')?.focus()
    }
    wasRefused.current = isRefused
  }, [isRefused])
}
