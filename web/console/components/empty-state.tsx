import './notices.css'
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'

type Props = {
  title: string
  children: ReactNode
  action?: ReactNode
  /** Removes the filters that nothing matches. */
  onShowAll?(): void
}

/** An empty list: what belongs here, and optionally a button to add it, or to show what the filters hide. */
export function EmptyState({ title, children, action, onShowAll }: Props) {
  return (
    <section className="empty stack gap-3 text-center">
      <h2 className="heading-2">{title}</h2>
      <p className="muted">{children}</p>
      {action}
      {onShowAll && (
        <Button variant="default" onClick={onShowAll}>
          Show all
        </Button>
      )}
    </section>
  )
}
