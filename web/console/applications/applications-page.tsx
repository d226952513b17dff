import '../components/listing.css'
import './applications.css'
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { listApplications, type StoredApplication } from '../../api/applications.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { ErrorNotice } from '../components/error-notice.tsx'
import { OnOff } from '../components/on-off.tsx'
import { Page } from '../components/page.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { useOpenedAct } from '../components/use-opened-act.ts'
import { applicationName, textValue } from './client-settings.ts'
import { grantTypesText } from './grant-types.ts'
import { NewApplication } from './new-application.tsx'

/** The OAuth2 clients of a realm. Texts for people call them applications. */
export function ApplicationsPage() {
  const { realm } = useSearch({ from: '__root__' })
  const [isNew, setNew] = useState(false)
  useOpenedAct({ new: () => setNew(true) })
  const read = useQuery({
    queryKey: ['applications', realm],
    queryFn: ({ signal }) => listApplications(realm, signal),
  })
  const act = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setNew(true)}>
      New application
    </Button>
  )
  return (
    <Page
      title="Applications"
      description="Apps that use this realm for sign-in with OAuth 2.0 or OpenID Connect."
      actions={act}
    >
      {read.error !== null && (
        <ErrorNotice title="The applications could not be read" error={read.error} onRetry={read.refetch} />
      )}
      {read.isPending && <Skeleton label="Loading applications" rows={3} />}
      {read.data?.length === 0 && (
        <EmptyState title="No applications yet" action={act}>
          Applications sign people in, ask them to confirm on their own device, or get tokens for themselves.
        </EmptyState>
      )}
      {read.data !== undefined && read.data.length > 0 && <List realm={realm} applications={read.data} />}
      {isNew && <NewApplication realm={realm} onClose={() => setNew(false)} />}
    </Page>
  )
}

function List({ realm, applications }: { realm: string; applications: readonly StoredApplication[] }) {
  return (
    <ul className="listing applications">
      {applications.map((application) => (
        <Row key={application.id} realm={realm} application={application} />
      ))}
    </ul>
  )
}

function Row({ realm, application: { id, document } }: { realm: string; application: StoredApplication }) {
  const name = applicationName(document, id)
  return (
    <li>
      <div className="what">
        <Link to="/applications/$id" params={{ id }} search={{ realm }}>
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
      <OnOff isOn={textValue(document, 'status', 'Active') !== 'Inactive'} />
    </li>
  )
}
