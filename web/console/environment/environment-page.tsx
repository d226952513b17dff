import './environment.css'
import '../components/rows.css'
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { readEnvironment } from '../../api/environment.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { LoadState } from '../components/load-state.tsx'
import { Page } from '../components/page.tsx'
import { useOpenedAct } from '../components/use-opened-act.ts'
import { EsvTable } from './esv-table.tsx'
import { NewEsv } from './new-esv.tsx'

/** Variables and secrets of the whole server. */
export function EnvironmentPage() {
  const { realm } = useSearch({ from: '__root__' })
  const [isNew, setNew] = useState(false)
  const [created, setCreated] = useState('')
  useOpenedAct({ new: () => setNew(true) })
  const read = useQuery({ queryKey: ['environment'], queryFn: ({ signal }) => readEnvironment(signal) })
  const act = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setNew(true)}>
      New variable or secret
    </Button>
  )
  const { variables = [], secrets = [], process = [] } = read.data ?? {}
  const isEmpty = variables.length + secrets.length + process.length === 0
  return (
    <Page
      title="Variables & secrets"
      description="Values that settings and scripts of all realms read by name. Changes are in force at once."
      actions={act}
    >
      <p className="outcome callout accent told pad-2 below-4 text-note breaks" role="status">
        {created !== '' && `${created} created.`}
      </p>
      <LoadState query={read} of="variables and secrets" rows={5} />
      {read.data !== undefined &&
        (isEmpty ? (
          <EmptyState title="No variables or secrets yet" action={act}>
            A variable or secret keeps what differs between servers, such as a host name or a password, out of
            journeys and scripts.
          </EmptyState>
        ) : (
          <EsvTable realm={realm} environment={read.data} />
        ))}
      {isNew && <NewEsv onClose={() => setNew(false)} onCreated={setCreated} />}
    </Page>
  )
}
