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
    <section className="empty">
      <h2>{title}</h2>
      <p>{children}</p>
      {action}
    </section>
  )
}
