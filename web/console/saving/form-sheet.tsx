import { Button, type ModalProps } from '@mantine/core'
import type { ReactNode } from 'react'
import { ErrorNotice } from '../components/error-notice.tsx'
import { Sheet } from '../components/sheet.tsx'
import { useConfirmClose } from './use-confirm-close.tsx'

type Props = Required<Pick<ModalProps, 'title' | 'children'>> & {
  size?: 'md' | 'lg'
  submitLabel: ReactNode
  cancelLabel?: string
  /** Whether it deletes. */
  isBad?: boolean
  /** Whether enough was entered. */
  isReady?: boolean
  /** Whether closing the dialog loses what was entered. */
  isChanged?: boolean
  isPending: boolean
  /** The error of the last attempt, unless a field shows it. */
  error?: Error | null | undefined
  errorTitle?: string
  onSubmit(): void
  onClose(): void
}

/** A dialog with a form. */
export function FormSheet(props: Props) {
  const { title, size = 'md', children, submitLabel, cancelLabel = 'Cancel', isBad = false } = props
  const { isReady = true, isChanged = false, isPending, error, errorTitle = '', onSubmit, onClose } = props
  const { close, question } = useConfirmClose(isChanged, onClose)
  return (
    <Sheet title={title} size={size} onClose={close}>
      <form
        className="sheet-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (isReady) onSubmit()
        }}
      >
        {error != null && <ErrorNotice title={errorTitle} error={error} />}
        {children}
        {question}
        <div className="sheet-acts">
          <Button variant="default" onClick={close}>
            {cancelLabel}
          </Button>
          <Button type="submit" {...(isBad && { color: 'bad' })} loading={isPending} disabled={!isReady}>
            {submitLabel}
          </Button>
        </div>
      </form>
    </Sheet>
  )
}
