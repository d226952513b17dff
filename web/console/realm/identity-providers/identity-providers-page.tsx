import '../../components/listing.css'
import './identity-providers.css'
import { Link } from '@tanstack/react-router'
import type { Stored } from '../../../api/collection.ts'
import { identityProviders, providerType } from '../../../api/identity-providers.ts'
import { OnOff } from '../../components/on-off.tsx'
import { useLacksSecret } from '../../components/use-missing.ts'
import { ResourceList } from '../../resources/resource-list.tsx'
import { typeTitle } from './provider-settings.ts'

/** The social identity providers of a realm. */
export function IdentityProvidersPage() {
  return (
    <ResourceList
      of={identityProviders}
      nouns={['identity provider', 'identity providers']}
      about="Services such as Google with which people sign in here."
      empty="People sign in with an account of another service. Identity providers come with an import."
    >
      {(all, realm) => <Rows all={all} realm={realm} />}
    </ResourceList>
  )
}

function Rows({ all, realm }: { all: readonly Stored[]; realm: string }) {
  const lacksSecret = useLacksSecret(realm, 'socialIdentityProvider')
  return (
    <ul className="listing providers panel">
      {all.map(({ id, document }) => (
        <li className="align-center breaks" key={id}>
          <Link
            className="medium inked"
            to="/realm/identity-providers/$id"
            params={{ id }}
            search={{ realm }}
          >
            <bdi>{id}</bdi>
          </Link>
          <p>{typeTitle(providerType(document))}</p>
          <span>{lacksSecret(id) && <span className="chip warn nowrap">No secret</span>}</span>
          <OnOff isOn={document.enabled !== false} />
        </li>
      ))}
    </ul>
  )
}
