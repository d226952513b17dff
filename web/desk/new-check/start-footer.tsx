import './start-footer.css'
import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { Person } from '../../api/help-desk.ts'
import { t } from '../../translate/translate.ts'
import type { Text } from '../../translate/translation.ts'
import { Notice } from '../components/notice.tsx'
import { type CheckDraft, type DraftPart, missingPart } from './check-draft.ts'
import { type KnownPause, PauseNotice } from './pause-notice.tsx'
import type { StartError } from './start-errors.ts'
import type { StartState } from './use-start.ts'

type FooterProps = {
  draft: CheckDraft
  state: StartState
  /** The pause of the chosen person. */
  pause: KnownPause | undefined
  onLifted(person: Person): void
}

/** Stays at the bottom of the page: the start button, and every reason why a check can't start. */
export function StartFooter({ draft, state, pause, onLifted }: FooterProps) {
  const { person, check } = draft
  const missing = missingPart(draft)
  return (
    <footer className="start-footer stack gap-3">
      {pause !== undefined && person !== undefined && (
        <PauseNotice
          person={person}
          pause={pause}
          onLifted={(pausedUntil) => onLifted({ ...person, pausedUntil })}
        />
      )}
      {state.kind === 'failed' && <Refusal {...state} />}
      <div className="go row gap-3">
        <Button type="submit" size="md" disabled={pause !== undefined} loading={state.kind === 'starting'}>
          {t('Start check')}
        </Button>
        <p className="note">
          {missing !== undefined
            ? t(missingTexts[missing])
            : check &&
              t('The link works for {count} minutes.', { count: Math.round(check.lifeSeconds / 60) })}
        </p>
      </div>
    </footer>
  )
}

const missingTexts: Readonly<Record<DraftPart, Text>> = {
  caller: 'Choose the caller first.',
  action: 'Choose what they need.',
  check: 'Choose how to verify them.',
}

/** Takes the focus, because the agent has just pressed the button below it. */
function Refusal({ title, reason }: StartError) {
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => element.current?.focus(), [])
  return (
    <div className="refusal" ref={element} tabIndex={-1}>
      <Notice tone="bad" title={title}>
        {reason}
      </Notice>
    </div>
  )
}
