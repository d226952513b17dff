import { Button } from '@mantine/core'
import type { Finding } from '../../api/journey-document.ts'
import { useDraft, useEditor, useEditorStore } from './editor-context.tsx'
import { changeJourney } from './model/change-settings.ts'
import { titleOfFlag } from './model/journey-flags.ts'

type Props = { finding: Finding; onDone(): void }

/** Turns on the switch of the journey that resolves a finding, if there is one. `onDone` finds a place for the focus. */
export function TurnOnButton({ finding: { turnOn }, onDone }: Props) {
  const store = useEditorStore()
  const { tree } = useDraft()
  const isReadOnly = useEditor(({ isReadOnly }) => isReadOnly)
  // The finding stays until the draft has been checked again.
  if (turnOn === undefined || tree[turnOn] === true || isReadOnly) return null
  const label = `Turn on “${titleOfFlag(turnOn)}”`
  const act = () => {
    store.getState().change({ label, apply: (draft) => changeJourney(draft, turnOn, true) })
    onDone()
  }
  return (
    <Button className="turn-on" variant="default" size="compact-sm" onClick={act}>
      {label}
    </Button>
  )
}
