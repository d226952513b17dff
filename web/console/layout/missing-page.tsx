import { Link, useSearch } from '@tanstack/react-router'
import { EmptyState } from '../components/empty-state.tsx'
import { Page } from '../components/page.tsx'

/** An address of the console without a page. */
export function MissingPage() {
  const { realm } = useSearch({ from: '__root__' })
  return (
    <Page title="Page not found">
      <EmptyState
        title="There is no page at this address"
        action={
          <Link to="/journeys" search={{ realm }}>
            Journeys
          </Link>
        }
      >
        Check the address for typing errors, or open another page.
      </EmptyState>
    </Page>
  )
}
