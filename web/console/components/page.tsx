import './page.css'
import { type ReactNode, useEffect } from 'react'

/** A console page: title, one-line description and page actions. */
export function Page({ title, description, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Sidegate`
  }, [title])
  return (
    <div className="page">
      <header className="head wrap align-end">
        <div>
          <h1 className="heading-1 tight">{title}</h1>
          {description !== undefined && <p className="above-2px muted">{description}</p>}
        </div>
        {actions !== undefined && <div className="acts wrap push-end gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  )
}

type PageProps = { title: string; description?: string; actions?: ReactNode; children?: ReactNode }
