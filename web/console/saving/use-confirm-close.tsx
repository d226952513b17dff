import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'

/** Asks before a dialog with unsaved input closes. @returns the close handler, and the question to render. */
export function useConfirmClose(
  hasChanges: boolean,
  onClose: () => void,
): { close(): void; question: ReactNode } {
  const [isConfirming, setConfirming] = useState(false)
  const question = isConfirming && hasChanges && (
    <div className="sheet-question callout warn row wrap justify-end gap-2 pad-2 text-note" role="alert">
      <p>Your input is not saved.</p>
      <Button variant="subtle" color="gray" onClick={onClose}>
        Discard and close
      </Button>
      <Button variant="default" onClick={() => setConfirming(false)}>
        Keep editing
      </Button>
    </div>
  )
  return {
    close: () => (hasChanges ? setConfirming(true) : onClose()),
    question,
  }
}
