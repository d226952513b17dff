import '../components/listing.css'
import './applications.css'
import { Link } from '@tanstack/react-router'
import { applications } from '../../api/applications.ts'
import type { Stored } from '../../api/collection.ts'
import { OnOff } from '../components/on-off.tsx'
import { useLacksSecret } from '../components/use-missing.ts'
import { ResourceList } from '../resources/resource-list.tsx'
import { applicationName, textValue } from './client-settings.ts'
import { grantTypesText } from './grant-types.ts'
import { NewApplication } from './new-application.tsx'

const page = {
  title: 'Applications',
  description: 'Apps that use this realm for sign-in with OAuth 2.0 or OpenID Connect.',
}

/** The OAuth2 clients of a realm. Texts for people call them applications. */
export function ApplicationsPage() {
  return (
    <ResourceList
      of={applications}
      nouns={['application', 'applications']}
      page={page}
      empty="Applications sign people in, ask them to confirm on their own device, or get tokens for themselves."
      renderNew={(realm, onClose) => <NewApplication realm={realm} onClose={onClose} />}
    >
      {(all, realm) => <Rows all={all} realm={realm} />}
    </ResourceList>
  )
}

function Rows({ all, realm }: { all: readonly Stored[]; realm: string }) {
  const lacksSecret = useLacksSecret(realm, 'oauthClient')
  return (
    <ul className="listing applications panel">
      {all.map((application) => (
        <Row
          key={application.id}
          realm={realm}
          application={application}
          lacksSecret={lacksSecret(application.id)}
        />
      ))}
    </ul>
  )
}

type RowProps = { realm: string; application: Stored; lacksSecret: boolean }

function Row({ realm, application: { id, document }, lacksSecret }: RowProps) {
  const name = applicationName(document, id)
  return (
    <li className="align-center breaks">
      <div className="what">
        <Link className="medium inked" to="/applications/$id" params={{ id }} search={{ realm }}>
          <bdi>{name}</bdi>
        </Link>
        {name !== id && (
          <p>
            <bdi>{id}</bdi>
          </p>
        )}
      </div>
      <p>{grantTypesText(document)}</p>
      <p>{textValue(document, 'type', 'Confidential')}</p>
      {lacksSecret && <span className="chip warn nowrap">No secret</span>}
      <OnOff isOn={textValue(document, 'status', 'Active') !== 'Inactive'} />
    </li>
  )
}
