import { DeleteRealm } from './delete-realm.tsx'
import { EditRealm } from './edit-realm.tsx'
import type { RealmDialogProps } from './realm-action.ts'
import { ToggleRealm } from './toggle-realm.tsx'
import './realms-page.css'
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { listRealms, type RealmEntry } from '../../api/realms.ts'
import { LoadState } from '../components/load-state.tsx'
import { Page } from '../components/page.tsx'
import { realmName } from '../components/realm-name.ts'
import { useOpenedAct } from '../components/use-opened-act.ts'
import { NewRealm } from './new-realm.tsx'
import type { RealmAction } from './realm-action.ts'
import { RealmList } from './realm-list.tsx'

/** All realms, each with its own people, journeys and settings. */
export function RealmsPage() {
  const { realm } = useSearch({ from: '__root__' })
  const queries = useQueryClient()
  const navigate = useNavigate()
  const realms = useQuery({ queryKey: ['realms'], queryFn: listRealms })
  const [isNew, setNew] = useState(false)
  useOpenedAct({ new: () => setNew(true) })
  const [dialog, setDialog] = useState<{ kind: RealmAction; entry: RealmEntry }>()
  const [outcome, setOutcome] = useState<OutcomeProps>({ message: '' })
  const finish = async (text: string, unavailable?: string) => {
    setOutcome({ message: text })
    await queries.invalidateQueries({ queryKey: ['realms'] })
    // The current realm can no longer be shown. The root realm always exists.
    if (unavailable === realm) await navigate({ to: '/realms', search: { realm: '/' } })
  }
  return (
    <Page
      title="Realms"
      description="Each realm has its own people, journeys, scripts and settings."
      actions={
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setNew(true)}>
          New realm
        </Button>
      }
    >
      <Outcome {...outcome} />
      <LoadState query={realms} of="realms" rows={3} />
      {realms.data !== undefined && (
        <RealmList
          realms={realms.data}
          current={realm}
          onAction={(kind, entry) => {
            setOutcome({ message: '' })
            setDialog({ kind, entry })
          }}
        />
      )}
      {isNew && realms.data !== undefined && (
        <NewRealm
          parents={realms.data.filter(({ isActive }) => isActive).map(({ path }) => path)}
          onClose={() => setNew(false)}
          onCreated={async ({ path }) => {
            const message = `Realm ${realmName(path)} created.`
            await finish(message)
            setOutcome({ message, created: path })
          }}
        />
      )}
      {dialog !== undefined && (
        <RealmDialog {...dialog} onClose={() => setDialog(undefined)} onDone={finish} />
      )}
    </Page>
  )
}

type OutcomeProps = { message: string; created?: string }

/** The result of an action, and the way to a new realm. */
function Outcome({ message, created }: OutcomeProps) {
  return (
    <p className="realms-done callout accent told pad-2 below-4 text-note breaks" role="status">
      {message}
      {created !== undefined && (
        <Link to="/journeys" search={{ realm: created }}>
          Open {realmName(created)}
        </Link>
      )}
    </p>
  )
}

function RealmDialog({ kind, ...props }: RealmDialogProps & { kind: RealmAction }) {
  switch (kind) {
    case 'edit':
      return <EditRealm {...props} />
    case 'toggle':
      return <ToggleRealm {...props} />
    case 'delete':
      return <DeleteRealm {...props} />
  }
}
