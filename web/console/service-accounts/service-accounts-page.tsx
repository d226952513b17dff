import '../components/rows.css'
import './service-accounts.css'
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { listServiceAccounts, readLastChanges, type ServiceAccount } from '../../api/service-accounts.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { ErrorNotice } from '../components/error-notice.tsx'
import { OnOff } from '../components/on-off.tsx'
import { Page } from '../components/page.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { Time } from '../components/time.tsx'
import { useOpenedAct } from '../components/use-opened-act.ts'
import { keyName } from './key-pair.ts'
import { NewServiceAccount } from './new-service-account.tsx'

/** Programs that administer the whole server. */
export function ServiceAccountsPage() {
  const { realm } = useSearch({ from: '__root__' })
  const [isNew, setNew] = useState(false)
  useOpenedAct({ new: () => setNew(true) })
  const read = useQuery({
    queryKey: ['service-accounts'],
    queryFn: ({ signal }) => listServiceAccounts(signal),
  })
  const act = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setNew(true)}>
      New service account
    </Button>
  )
  return (
    <Page
      title="Service accounts"
      description="Programs, such as frodo in a pipeline, that administer this server with a key of their own."
      actions={act}
    >
      {read.error !== null && (
        <ErrorNotice
          title="The service accounts could not be read"
          error={read.error}
          onRetry={read.refetch}
        />
      )}
      {read.isPending && <Skeleton label="Loading service accounts" rows={3} />}
      {read.data?.length === 0 && (
        <EmptyState title="No service accounts yet" action={act}>
          A service account gets tokens with a key instead of a person’s password. Its scopes limit what it
          may do.
        </EmptyState>
      )}
      {read.data !== undefined && read.data.length > 0 && <Table realm={realm} accounts={read.data} />}
      {isNew && <NewServiceAccount realm={realm} onClose={() => setNew(false)} />}
    </Page>
  )
}

function Table({ realm, accounts }: { realm: string; accounts: readonly ServiceAccount[] }) {
  const changes = useQuery({ queryKey: ['service-account-changes'], queryFn: readLastChanges, staleTime: 0 })
  return (
    <table className="rows service-accounts" aria-label="Service accounts">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Scopes</th>
          <th scope="col">Keys</th>
          <th scope="col">Last change</th>
          <th scope="col">Status</th>
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => (
          <Row key={account.id} realm={realm} account={account} changedAt={changes.data?.get(account.id)} />
        ))}
      </tbody>
    </table>
  )
}

type RowProps = { realm: string; account: ServiceAccount; changedAt: number | undefined }

function Row({ realm, account, changedAt }: RowProps) {
  const { id, name, description, isActive, scopes, keys } = account
  return (
    <tr>
      <td className="name">
        <Link className="opens" to="/service-accounts/$id" params={{ id }} search={{ realm }}>
          <bdi>{name}</bdi>
        </Link>
        {description !== '' && (
          <p className="about">
            <bdi>{description}</bdi>
          </p>
        )}
      </td>
      <td>{scopes.join(', ')}</td>
      <td className="keys">
        {keys.map((key) => (
          <code key={JSON.stringify(key)}>{keyName(key)}</code>
        ))}
      </td>
      <td>{changedAt !== undefined && <Time at={changedAt} />}</td>
      <td>
        <OnOff isOn={isActive} on="Active" off="Disabled" />
      </td>
    </tr>
  )
}
