import './realms-page.css'
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { listRealms, type RealmEntry } from '../../api/realms.ts'
import { ErrorNotice } from '../components/error-notice.tsx'
import { Page } from '../components/page.tsx'
import { realmName } from '../components/realm-name.ts'
import { Skeleton } from '../components/skeleton.tsx'
import { NewRealm } from './new-realm.tsx'
import type { RealmAction } from './realm-action.ts'
import { RealmDialog } from './realm-dialog.tsx'
import { RealmList } from './realm-list.tsx'

/** All realms: sets of people, journeys and settings that know nothing of each other. */
export function RealmsPage() {
  const { realm } = useSearch({ from: '__root__' })
  const queries = useQueryClient()
  const navigate = useNavigate()
  const realms = useQuery({ queryKey: ['realms'], queryFn: listRealms })
  const [isNew, setNew] = useState(false)
  const [dialog, setAct] = useState<{ kind: RealmAction; entry: RealmEntry }>()
  const [message, setDone] = useState('')
  const finish = async (told: string, gone?: string) => {
    setDone(told)
    await queries.invalidateQueries({ queryKey: ['realms'] })
    // What the console shows is gone: the root realm is always there.
    if (gone === realm) await navigate({ to: '/realms', search: { realm: '/' } })
  }
  return (
    <Page
      title="Realms"
      description="Each has people, journeys, scripts and settings of its own, and knows nothing of the others."
      actions={
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setNew(true)}>
          New realm
        </Button>
      }
    >
      <p className="realms-done" role="status">
        {message}
      </p>
      {realms.error !== null && (
        <ErrorNotice title="The realms could not be read" error={realms.error} onRetry={realms.refetch} />
      )}
      {realms.isPending && <Skeleton label="Reading the realms" rows={3} />}
      {realms.data !== undefined && (
        <RealmList
          realms={realms.data}
          current={realm}
          onAction={(kind, entry) => {
            setDone('')
            setAct({ kind, entry })
          }}
        />
      )}
      {isNew && realms.data !== undefined && (
        <NewRealm
          parents={realms.data.filter(({ isActive }) => isActive).map(({ path }) => path)}
          onClose={() => setNew(false)}
          onCreated={({ path }) =>
            finish(`${realmName(path)} is there. It is empty: open it, and import or make its journeys.`)
          }
        />
      )}
      {dialog !== undefined && <RealmDialog {...dialog} onClose={() => setAct(undefined)} onDone={finish} />}
    </Page>
  )
}
