import './service-accounts.css'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { readLastChanges, type ServiceAccount, serviceAccounts } from '../../api/service-accounts.ts'
import { ColumnHeads } from '../components/column-heads.tsx'
import { OnOff } from '../components/on-off.tsx'
import { Time } from '../components/time.tsx'
import { ResourceList } from '../resources/resource-list.tsx'
import { keyName } from './key-pair.ts'
import { NewServiceAccount } from './new-service-account.tsx'

const page = {
  title: 'Service accounts',
  description: 'Programs, such as frodo in a pipeline, that administer this server with a key of their own.',
}

/** Programs that administer the whole server. */
export function ServiceAccountsPage() {
  return (
    <ResourceList
      of={serviceAccounts}
      nouns={['service account', 'service accounts']}
      page={page}
      empty="A service account gets tokens with a key instead of a person’s password. Its scopes limit what it may do."
      renderNew={(realm, onClose) => <NewServiceAccount realm={realm} onClose={onClose} />}
    >
      {(accounts, realm) => <Table realm={realm} accounts={accounts} />}
    </ResourceList>
  )
}

function Table({ realm, accounts }: { realm: string; accounts: readonly ServiceAccount[] }) {
  const changes = useQuery({ queryKey: ['service-account-changes'], queryFn: readLastChanges, staleTime: 0 })
  return (
    <table className="rows service-accounts panel full-width text-note" aria-label="Service accounts">
      <ColumnHeads titles={['Name', 'Scopes', 'Keys', 'Last change', 'Status']} />
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
  const { id, document } = account
  const { name, description, isActive, scopes, keys } = document
  return (
    <tr>
      <td className="name">
        <Link className="opens medium inked" to="/service-accounts/$id" params={{ id }} search={{ realm }}>
          <bdi>{name}</bdi>
        </Link>
        {description !== '' && (
          <p className="about fine">
            <bdi>{description}</bdi>
          </p>
        )}
      </td>
      <td>{scopes.join(', ')}</td>
      <td className="keys">
        {keys.map((key) => (
          <code className="fine block" key={JSON.stringify(key)}>
            {keyName(key)}
          </code>
        ))}
      </td>
      <td>{changedAt !== undefined && <Time at={changedAt} />}</td>
      <td>
        <OnOff isOn={isActive} on="Active" off="Disabled" />
      </td>
    </tr>
  )
}
