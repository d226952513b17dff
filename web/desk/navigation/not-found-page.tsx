import { useDocumentTitle } from '../components/use-document-title.ts'
import { Link } from './link.tsx'

export function NotFoundPage() {
  useDocumentTitle('Desk')
  return (
    <section className="desk-empty">
      <h1>Page not found</h1>
      <p>Check the address.</p>
      <Link to={{ page: 'checks' }}>All checks</Link>
    </section>
  )
}
