import './page.css'
import { type ReactNode, useEffect } from 'react'

/** A page of the console: what it is, one line of what it is for, and what can be done at its end side. */
export function Page({ title, about, acts, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Sidegate`
  }, [title])
  return (
    <div className="page">
      <header className="head">
        <div>
          <h1>{title}</h1>
          {about !== undefined && <p>{about}</p>}
        </div>
        {acts !== undefined && <div className="acts">{acts}</div>}
      </header>
      {children}
    </div>
  )
}

type PageProps = { title: string; about?: string; acts?: ReactNode; children?: ReactNode }
