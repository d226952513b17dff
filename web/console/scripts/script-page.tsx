import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { readScript, type StoredScript } from '../../api/scripts.ts'
import { ErrorNotice } from '../components/error-notice.tsx'
import { PageSkeleton } from '../components/page-skeleton.tsx'
import { templates } from './script-contexts.ts'
import { ScriptForm } from './script-form.tsx'

const empty: StoredScript<undefined> = {
  id: undefined,
  document: {
    name: '',
    description: '',
    source: templates.SCRIPTED_DECISION_NODE,
    language: 'JAVASCRIPT',
    context: 'SCRIPTED_DECISION_NODE',
    evaluatorVersion: '2.0',
  },
  revision: '',
}

/** A new script (`/scripts/new`) or a stored one (by id). */
export function ScriptPage() {
  const { id } = useParams({ from: '/scripts/$id' })
  const { realm } = useSearch({ from: '__root__' })
  // After its first save, a script stays in the same form, so that the trial input isn't lost.
  const [made, setMade] = useState<string>()
  return id === 'new' || id === made ? (
    <ScriptForm
      key="new"
      realm={realm}
      stored={empty}
      onMade={setMade}
      onRestored={() => setMade(undefined)}
    />
  ) : (
    <SavedScript key={id} realm={realm} id={id} />
  )
}

function SavedScript({ realm, id }: { realm: string; id: string }) {
  // Changes with each restore, so that the form starts again.
  const [restores, setRestores] = useState(0)
  const script = useQuery({
    queryKey: ['scripts', realm, id],
    queryFn: ({ signal }) => readScript(realm, id, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  if (script.error !== null) {
    return <ErrorNotice title="The script could not be read" error={script.error} onRetry={script.refetch} />
  }
  const showRestored = async () => {
    await script.refetch()
    setRestores((before) => before + 1)
  }
  if (script.data === undefined) return <PageSkeleton />
  return <ScriptForm key={restores} realm={realm} stored={script.data} onRestored={showRestored} />
}
