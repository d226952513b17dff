import '../components/listing.css'
import { Link, useSearch } from '@tanstack/react-router'
import type { ExchangeFinding } from '../../api/journey-exchange.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { LoadState } from '../components/load-state.tsx'
import { useMissing } from '../components/use-missing.ts'

/** What the realm needs and lacks, such as secrets that exports never contain. */
export function StillMissingPage() {
  const { realm } = useSearch({ from: '__root__' })
  const read = useMissing(realm)
  if (read.data === undefined) return <LoadState query={read} of="missing things" rows={3} />
  if (read.data.length === 0) {
    return (
      <EmptyState title="Nothing missing">
        Secrets, scripts and other things that the realm needs and doesn’t have appear here, such as those
        that an import can’t bring.
      </EmptyState>
    )
  }
  return (
    <ul className="listing missing panel" aria-label="Missing">
      {read.data.map((finding) => (
        <li className="align-center breaks" key={finding.message}>
          <bdi>{finding.message}</bdi>
          <MendLink realm={realm} about={finding.about} />
        </li>
      ))}
    </ul>
  )
}

/** The page where it can be supplied. */
function MendLink({ realm, about }: { realm: string; about: ExchangeFinding['about'] }) {
  const search = { realm }
  switch (about?.kind) {
    case 'oauthClient':
      return (
        <Link to="/applications/$id" params={{ id: about.id }} search={search}>
          Open application
        </Link>
      )
    case 'socialIdentityProvider':
      return (
        <Link to="/realm/identity-providers/$id" params={{ id: about.id }} search={search}>
          Open identity provider
        </Link>
      )
    case 'variable':
      return (
        <Link to="/environment" search={search}>
          Variables &amp; secrets
        </Link>
      )
    case 'journey':
      return (
        <Link to="/journeys/$name" params={{ name: about.id }} search={search}>
          Open journey
        </Link>
      )
    default:
      return null
  }
}
