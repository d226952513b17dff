import { Button } from '@mantine/core'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { ApiError } from '../../api/request.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { ErrorNotice } from '../components/error-notice.tsx'
import { NewJourneyDialog } from '../journeys/new-journey-dialog.tsx'
import { useJourney } from './use-journey.ts'
import './editor.css'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { WorkingCopy } from '../../api/journey-drafts.ts'
import type { ScriptName } from '../../api/references.ts'
import { scriptsQuery } from '../form/scripts-query.ts'
import { EditorProvider } from './editor-context.tsx'
import { EditorSkeleton } from './editor-skeleton.tsx'
import type { NodeTypeCatalogue } from './model/node-type-catalogue.ts'
import { createEditorStore } from './store/editor-store.ts'
import { namesFrom } from './use-journey.ts'
import { Workbench } from './workbench.tsx'

export function EditorPage() {
  const { name } = useParams({ from: '/journeys/$name' })
  const { realm, run = false, node } = useSearch({ from: '/journeys/$name' })
  const journey = useJourney(realm, name)
  if (journey.state === 'loading') return <EditorSkeleton label="Opening the journey" />
  if (journey.state === 'failed') {
    return journey.error instanceof ApiError && journey.error.code === 404 ? (
      <Missing realm={realm} name={name} />
    ) : (
      <div className="page">
        <h1 className="spoken">{name}</h1>
        <ErrorNotice title="The journey could not be opened" error={journey.error} onRetry={journey.retry} />
      </div>
    )
  }
  return <OpenEditor key={`${realm} ${name}`} realm={realm} isRun={run} node={node} {...journey} />
}

function Missing({ realm, name }: { realm: string; name: string }) {
  const [isNew, setNew] = useState(false)
  return (
    <div className="page">
      <h1 className="spoken">{name}</h1>
      <EmptyState
        title={`There is no journey “${name}”`}
        action={
          <>
            <Button onClick={() => setNew(true)}>Create it</Button>
            <Link to="/history" search={{ realm, only: 'deleted' }}>
              Deleted journeys
            </Link>
            <Link to="/journeys" search={{ realm }}>
              All journeys
            </Link>
          </>
        }
      >
        It may have been deleted, or it is in another realm. Deleted journeys can be restored.
      </EmptyState>
      {isNew && <NewJourneyDialog realm={realm} onClose={() => setNew(false)} name={name} />}
    </div>
  )
}

type Props = {
  realm: string
  isRun: boolean
  /** Id of the node to begin at. */
  node: string | undefined
  stored: WorkingCopy
  catalogue: NodeTypeCatalogue
  scripts: readonly ScriptName[]
}

function OpenEditor({ realm, isRun, node, stored, catalogue, scripts }: Props) {
  const [store] = useState(() =>
    createEditorStore({ realm, stored, catalogue, referenceNames: namesFrom(scripts), node }),
  )
  useEffect(() => {
    if (isRun) store.getState().showRun(true)
  }, [store, isRun])
  const names = useQuery(scriptsQuery(realm)).data
  useEffect(() => {
    if (names !== undefined) store.getState().setReferenceNames(namesFrom(names))
  }, [store, names])
  useEffect(() => {
    document.title = `${stored._id} · Sidegate`
  }, [stored])
  return (
    <EditorProvider store={store}>
      <Workbench />
    </EditorProvider>
  )
}
