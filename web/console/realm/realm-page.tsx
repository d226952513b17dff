import './realm-page.css'
import { Link, Outlet, useSearch } from '@tanstack/react-router'
import { Page } from '../components/page.tsx'
import { realmName } from '../components/realm-name.ts'
import { realmNavigationItems } from '../layout/navigation-items.ts'

const tabs = [{ to: '/realm', title: 'Settings' }, ...realmNavigationItems] as const

/** The frame of the realm settings, with a tab for each page. */
export function RealmPage() {
  const { realm } = useSearch({ from: '__root__' })
  return (
    <Page title="Realm settings" description={`Settings that apply to the whole realm ${realmName(realm)}.`}>
      <nav className="realm-tabs flex nowrap" aria-label="Realm settings">
        {tabs.map(({ to, title }) => (
          <Link
            className="medium muted"
            key={to}
            to={to}
            search={{ realm }}
            activeOptions={{ exact: to === '/realm' }}
            activeProps={{ 'aria-current': 'page' }}
          >
            {title}
          </Link>
        ))}
      </nav>
      <Outlet />
    </Page>
  )
}
