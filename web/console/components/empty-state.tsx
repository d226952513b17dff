import './notices.css'
import type { ReactNode } from 'react'

/** Nothing here yet: what this place is for, in a sentence, and the one button that fills it. */
export function Empty({ title, children, act }: { title: string; children: ReactNode; act?: ReactNode }) {
  return (
    <section className="empty">
      <h2>{title}</h2>
      <p>{children}</p>
      {act}
    </section>
  )
}
