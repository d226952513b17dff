import './confirm-button.css'
import { Button } from '@mantine/core'
import { useState } from 'react'

type Props = {
  /** Label of the button that opens the question. */
  label: string
  question: string
  /** Names the action and its object: "Delete Login". */
  confirmLabel: string
  isPending: boolean
  onConfirm(): void
  isDisabled?: boolean
}

/** A button for an irreversible action. It asks for confirmation in place. */
export function ConfirmButton({
  label,
  question,
  confirmLabel,
  isPending,
  onConfirm,
  isDisabled = false,
}: Props) {
  // Undefined at first; false after an answer, when the button takes the focus back.
  const [isConfirming, setConfirming] = useState<boolean>()
  if (isConfirming !== true) {
    return (
      <Button
        variant="outline"
        color="bad"
        size="compact-sm"
        disabled={isDisabled}
        autoFocus={isConfirming === false}
        onClick={() => setConfirming(true)}
      >
        {label}
      </Button>
    )
  }
  return (
    <div
      className="ask-first callout bad row wrap gap-2 pad-2 text-note"
      role="alertdialog"
      aria-label={question}
    >
      <p>{question}</p>
      <Button
        color="bad"
        size="compact-sm"
        loading={isPending}
        onClick={() => {
          onConfirm()
          setConfirming(false)
        }}
      >
        {confirmLabel}
      </Button>
      <Button variant="default" size="compact-sm" autoFocus onClick={() => setConfirming(false)}>
        Keep
      </Button>
    </div>
  )
}
