import '../../components/listing.css'
import '../identity-providers/identity-providers.css'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { importMetadata, samlEntities } from '../../../api/saml.ts'
import { ImportFile } from '../../components/import-file.tsx'
import { ResourceList } from '../../resources/resource-list.tsx'

export const samlKinds: Readonly<Record<string, string>> = {
  hosted: 'Hosted',
  remote: 'Remote',
  circle: 'Circle of trust',
}

/** The SAML 2.0 entities of a realm and the circles of trust between them. */
export function SamlPage() {
  return (
    <ResourceList
      of={samlEntities}
      nouns={['SAML entity', 'SAML entities']}
      about="Service providers of this realm, identity providers of others, and which of them trust each other."
      empty="Imports bring service providers and circles of trust. Import the metadata of a remote entity here."
      renderAct={(realm) => <ImportMetadata realm={realm} />}
    >
      {(all, realm) => (
        <ul className="listing saml panel">
          {all.map(({ id, document: { name, kind, details } }) => (
            <li className="align-center breaks" key={id}>
              <Link className="medium inked" to="/realm/saml/$id" params={{ id }} search={{ realm }}>
                <bdi>{name}</bdi>
              </Link>
              <p>{samlKinds[kind]}</p>
              <p>{details.map((each) => roles[each] ?? each).join(', ')}</p>
            </li>
          ))}
        </ul>
      )}
    </ResourceList>
  )
}

const roles: Readonly<Record<string, string>> = {
  identityProvider: 'Identity provider',
  serviceProvider: 'Service provider',
}

/** Makes a remote entity from the file with its metadata, or replaces the metadata of one. */
function ImportMetadata({ realm }: { realm: string }) {
  const queries = useQueryClient()
  return (
    <ImportFile
      accept=".xml,application/xml,text/xml"
      send={(xml) => importMetadata(realm, xml)}
      onImported={() => queries.invalidateQueries({ queryKey: [samlEntities.name, realm] })}
    />
  )
}
