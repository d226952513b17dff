import './confirm-button.css'
import { Button } from '@mantine/core'
import { useState } from 'react'

type Props = {
  /** What the button says that opens the question. */
  label: string
  /** What will happen, in a sentence. */
  question: string
  /** What is pressed to do it: it names its object. */
  confirmLabel: string
  isPending: boolean
  onConfirm(): void
  isDisabled?: boolean
}

/** Something that cannot be taken back: asked once more where it stands. */
export function ConfirmButton({
  label,
  question,
  confirmLabel,
  isPending,
  onConfirm,
  isDisabled = false,
}: Props) {
  // Undefined before the first question: answered, the focus goes back to what asked it.
  const [isAsked, setAsked] = useState<boolean>()
  if (isAsked !== true) {
    return (
      <Button
        variant="outline"
        color="bad"
        size="compact-sm"
        disabled={isDisabled}
        autoFocus={isAsked === false}
        onClick={() => setAsked(true)}
      >
        {label}
      </Button>
    )
  }
  return (
    <div className="ask-first" role="alertdialog" aria-label={question}>
      <p>{question}</p>
      <Button
        color="bad"
        size="compact-sm"
        loading={isPending}
        onClick={() => {
          onConfirm()
          setAsked(false)
        }}
      >
        {confirmLabel}
      </Button>
      <Button variant="default" size="compact-sm" autoFocus onClick={() => setAsked(false)}>
        Keep
      </Button>
    </div>
  )
}
