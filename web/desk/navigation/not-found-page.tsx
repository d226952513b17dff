import { t } from '../../translate/translate.ts'
import { useDocumentTitle } from '../components/use-document-title.ts'
import { Link } from './link.tsx'

export function NotFoundPage() {
  useDocumentTitle(t('Desk'))
  return (
    <section className="desk-empty">
      <h1>{t('Page not found')}</h1>
      <p>{t('Check the address.')}</p>
      <Link to={{ page: 'checks' }}>{t('All checks')}</Link>
    </section>
  )
}
