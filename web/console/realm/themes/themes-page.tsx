import '../../components/listing.css'
import './themes-page.css'
import { Link, useNavigate } from '@tanstack/react-router'
import type { Stored } from '../../../api/collection.ts'
import { NewByName } from '../../resources/new-by-name.tsx'
import { ResourceList } from '../../resources/resource-list.tsx'
import { createTheme, journeysOf, themes } from './theme-document.ts'

/** Themes of the realm's sign-in pages. */
export function ThemesPage() {
  return (
    <ResourceList
      of={themes}
      nouns={['theme', 'themes']}
      empty="Without a theme, sign-in pages use the default colours and the organisation name."
      renderNew={(realm, onClose) => <NewTheme realm={realm} onClose={onClose} />}
    >
      {(all, realm) => (
        <ul className="listing themes panel">
          {all.map((theme) => (
            <ThemeRow key={theme.id} realm={realm} theme={theme} />
          ))}
        </ul>
      )}
    </ResourceList>
  )
}

function ThemeRow({ realm, theme: { id, document: theme } }: { realm: string; theme: Stored }) {
  const journeys = journeysOf(theme)
  const colour = typeof theme.primaryColor === 'string' ? theme.primaryColor : ''
  return (
    <li className="align-center breaks">
      <i className="swatch" aria-hidden="true" style={colour === '' ? {} : { background: colour }} />
      <Link className="medium inked" to="/realm/themes/$id" params={{ id }} search={{ realm }}>
        <bdi>{String(theme.name)}</bdi>
      </Link>
      <p>
        {theme.isDefault === true && 'Default. '}
        {journeys.length > 0 && <bdi>{journeys.join(', ')}</bdi>}
      </p>
    </li>
  )
}

function NewTheme({ realm, onClose }: { realm: string; onClose(): void }) {
  const navigate = useNavigate()
  return (
    <NewByName
      of={themes}
      realm={realm}
      title="New theme"
      noun="theme"
      create={(name) => createTheme(realm, name)}
      onCreated={(id) => navigate({ to: '/realm/themes/$id', params: { id }, search: { realm } })}
      onClose={onClose}
    />
  )
}
