import './notices.css'
import type { ReactNode } from 'react'

/** Nothing here yet: what this place is for, in a sentence, and the one button that fills it. */
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
