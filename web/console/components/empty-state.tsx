import './notices.css'
import type { ReactNode } from 'react'

/** An empty list: what belongs here, and optionally a button to add it. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: string
  children: ReactNode
  action?: ReactNode
}) {
  return (
    <section className="empty stack gap-3 text-center">
      <h2 className="heading-2">{title}</h2>
      <p className="muted">{children}</p>
      {action}
    </section>
  )
}
