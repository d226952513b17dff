import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'

/** Closing a dialog in which something is not saved yet asks first. @returns how to close, and the question to show. */
export function useConfirmClose(
  hasChanges: boolean,
  onClose: () => void,
): { close(): void; question: ReactNode } {
  const [isConfirming, setAsked] = useState(false)
  const question = isConfirming && hasChanges && (
    <div className="sheet-question" role="alert">
      <p>What you typed is not saved.</p>
      <Button variant="subtle" color="gray" onClick={onClose}>
        Close without saving
      </Button>
      <Button variant="default" onClick={() => setAsked(false)}>
        Go on
      </Button>
    </div>
  )
  return {
    close: () => (hasChanges ? setAsked(true) : onClose()),
    question,
  }
}
