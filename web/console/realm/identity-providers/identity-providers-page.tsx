import '../../components/listing.css'
import './identity-providers.css'
import { Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Stored } from '../../../api/collection.ts'
import { identityProviders, listProviderTypes, providerType } from '../../../api/identity-providers.ts'
import { OnOff } from '../../components/on-off.tsx'
import { useLacksSecret } from '../../components/use-missing.ts'
import { NewByName } from '../../resources/new-by-name.tsx'
import { ResourceList } from '../../resources/resource-list.tsx'
import { typeTitle } from './provider-settings.ts'

/** The social identity providers of a realm. */
export function IdentityProvidersPage() {
  return (
    <ResourceList
      of={identityProviders}
      nouns={['identity provider', 'identity providers']}
      about="Services such as Google with which people sign in here."
      empty="People sign in with an account of another service, such as Google."
      renderNew={(realm, onClose) => <NewProvider realm={realm} onClose={onClose} />}
    >
      {(all, realm) => <Rows all={all} realm={realm} />}
    </ResourceList>
  )
}

/** Asks for what the server needs at least. The secret and the rest are entered on the provider's page. */
function NewProvider({ realm, onClose }: { realm: string; onClose(): void }) {
  const [type, setType] = useState('oidcConfig')
  const [clientId, setClientId] = useState('')
  const [redirectURI, setRedirectURI] = useState(`${location.origin}/am/XUI/`)
  const navigate = useNavigate()
  const { data = [type] } = useQuery({
    queryKey: ['identity-provider-types', realm],
    queryFn: () => listProviderTypes(realm),
  })
  return (
    <NewByName
      of={identityProviders}
      realm={realm}
      title="New identity provider"
      noun="identity provider"
      isReady={clientId !== '' && redirectURI !== ''}
      create={async (id) => {
        const body = { _type: { _id: type }, clientId, redirectURI }
        return (await identityProviders.save(realm, id, body, undefined)).id
      }}
      onCreated={(id) => navigate({ to: '/realm/identity-providers/$id', params: { id }, search: { realm } })}
      onClose={onClose}
    >
      <Select
        label="Type"
        data={data.map((value) => ({ value, label: typeTitle(value) }))}
        value={type}
        allowDeselect={false}
        onChange={(chosen) => setType(chosen ?? type)}
      />
      <TextInput
        label="Client ID"
        value={clientId}
        onChange={({ currentTarget: { value } }) => setClientId(value.trim())}
      />
      <TextInput
        label="Redirect URI"
        description="Register it at the provider."
        value={redirectURI}
        onChange={({ currentTarget: { value } }) => setRedirectURI(value.trim())}
      />
    </NewByName>
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
