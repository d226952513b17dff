import { useDocumentTitle } from '../components/use-document-title.ts'
import { To } from './link.tsx'

/** An address that leads nowhere. */
export function Nowhere() {
  useDocumentTitle('Desk')
  return (
    <section className="desk-empty">
      <h1>There is nothing here</h1>
      <p>The address may be mistyped.</p>
      <To place={{ page: 'checks' }}>All checks</To>
    </section>
  )
}
