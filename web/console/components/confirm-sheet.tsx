import { Button, type ButtonProps } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ErrorNotice } from './error-notice.tsx'
import { Sheet } from './sheet.tsx'

type QuestionProps = {
  title: ReactNode
  children: ReactNode
  /** Title of the error notice when the action fails. */
  errorTitle: string
  /** Names the action and its object. */
  confirmLabel: string
  cancelLabel?: string
  /** How the confirming button looks. */
  look?: Pick<ButtonProps, 'color' | 'variant'>
  isReady?: boolean
  onConfirm(): Promise<unknown>
  onDone(): void
  onClose(): void
}

/** Asks for confirmation before an irreversible action. */
export function ConfirmSheet({
  title,
  children,
  errorTitle,
  confirmLabel,
  cancelLabel = 'Keep it',
  look = { color: 'bad', variant: 'outline' },
  isReady = true,
  ...on
}: QuestionProps) {
  const mutation = useMutation({ mutationFn: on.onConfirm, onSuccess: on.onDone })
  return (
    <Sheet onClose={on.onClose} title={title}>
      {mutation.error !== null && <ErrorNotice title={errorTitle} error={mutation.error} />}
      {children}
      <div className="sheet-acts">
        <Button variant="default" onClick={on.onClose} data-autofocus>
          {cancelLabel}
        </Button>
        <Button {...look} loading={mutation.isPending} disabled={!isReady} onClick={() => mutation.mutate()}>
          {confirmLabel}
        </Button>
      </div>
    </Sheet>
  )
}
