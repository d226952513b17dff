import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { CopyField } from '../../design/copy-field.tsx'
import { Page } from '../components/page.tsx'
import { isReserved, nameInSettings, placeholderOf } from './esv-names.ts'

type Props = {
  realm: string
  id: string
  description: string
  /** Whether placeholders read it. */
  isRead: boolean
  children: ReactNode
}

/** The page of one variable or secret: its name, its placeholder and its sections. */
export function EsvFrame({ realm, id, description, isRead, children }: Props) {
  const name = nameInSettings(id)
  return (
    <Page
      title={name}
      description={description}
      actions={
        <Link to="/environment" search={{ realm }}>
          All variables and secrets
        </Link>
      }
    >
      <div className="sections">
        {isRead && !isReserved(id) && (
          <section className="panel stack gap-4" aria-label="Use">
            <h2 className="heading-2">Use</h2>
            <CopyField text={placeholderOf(name)} label="Placeholder for settings" />
            <p>
              Scripts read it with <code>{`systemEnv.getProperty('${name}')`}</code>.
            </p>
          </section>
        )}
        {children}
      </div>
    </Page>
  )
}
