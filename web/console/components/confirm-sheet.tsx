import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Trouble } from './error-notice.tsx'
import { Sheet } from './sheet.tsx'

type QuestionProps = {
  title: string
  children: ReactNode
  /** What is said when it could not be done. */
  failed: string
  /** The dangerous button names its object. */
  act: string
  keep?: string
  onAct(): Promise<unknown>
  onDone(): void
  onClose(): void
}

/** Asks before something is done that nobody can take back. */
export function Question({ title, children, failed, act, keep = 'Keep it', ...on }: QuestionProps) {
  const doing = useMutation({ mutationFn: on.onAct, onSuccess: on.onDone })
  return (
    <Sheet onClose={on.onClose} title={title}>
      {doing.error !== null && <Trouble what={failed} error={doing.error} />}
      {children}
      <div className="sheet-acts">
        <Button variant="default" onClick={on.onClose} data-autofocus>
          {keep}
        </Button>
        <Button color="bad" variant="outline" loading={doing.isPending} onClick={() => doing.mutate()}>
          {act}
        </Button>
      </div>
    </Sheet>
  )
}
