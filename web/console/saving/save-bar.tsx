import './save-bar.css'
import { Button } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconAlertTriangle, IconCheck, IconCloudOff } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { errorMessage } from '../components/error-notice.tsx'
import type { Draft } from './use-draft.ts'

type Given = {
  draft: Draft
  /** Why what stands there cannot be saved yet; a sentence. */
  hindrance?: string | undefined
  /** What the server had against it, in words of the page. */
  refusal?: string | undefined
}

/** What is not saved yet and how saving stands, below the form for as long as there is something to say. */
export function SaveBar({ draft, hindrance, refusal }: Given) {
  const { changes, saveState, save, discard } = draft
  const { length: count } = changes
  useHotkeys([['mod+S', () => count > 0 && hindrance === undefined && void save()]], [])
  useRevealedError(saveState.kind === 'refused')
  const isShown = count > 0 || ['offline', 'refused', 'saved'].includes(saveState.kind)
  return (
    <div className={isShown ? 'save-bar shown' : 'save-bar'}>
      <Message draft={draft} hindrance={hindrance} refusal={refusal} />
      {count > 0 && (
        <>
          <Button variant="subtle" color="gray" onClick={discard} disabled={saveState.kind === 'saving'}>
            Discard
          </Button>
          <Button
            onClick={() => void save()}
            loading={saveState.kind === 'saving'}
            disabled={hindrance !== undefined}
          >
            {saveState.kind === 'offline' ? 'Try again' : 'Save'}
          </Button>
        </>
      )}
    </div>
  )
}

function Message({ draft: { changes, saveState }, hindrance, refusal }: Given) {
  const { length: count } = changes
  if (saveState.kind === 'offline') {
    return (
      <p role="alert" className="warn">
        <IconCloudOff size={18} stroke={1.75} aria-hidden />
        <span>
          <strong>The server cannot be reached.</strong> Your changes are kept in this window.
        </span>
      </p>
    )
  }
  if (saveState.kind === 'refused') {
    return (
      <p role="alert" className="bad">
        <IconAlertTriangle size={18} stroke={1.75} aria-hidden />
        <span>
          <strong>Not saved.</strong> <bdi>{refusal ?? errorMessage(saveState.error)}</bdi>
        </span>
      </p>
    )
  }
  if (saveState.kind === 'saved' && count === 0) {
    return (
      <p role="status">
        <IconCheck size={18} stroke={1.75} aria-hidden />
        <span>Saved</span>
      </p>
    )
  }
  return (
    <p role="status">
      {count > 0 && (
        <span>
          {count === 1 ? '1 change' : `${count} changes`} not saved{hindrance && `. ${hindrance}`}
        </span>
      )}
    </p>
  )
}

/** Takes people to the first field that the server did not like. */
function useRevealedError(isRefused: boolean): void {
  const wasRefused = useRef(false)
  useEffect(() => {
    if (isRefused && !wasRefused.current) {
      document.querySelector<HTMLElement>('main [aria-invalid="true"]')?.focus()
    }
    wasRefused.current = isRefused
  }, [isRefused])
}
