import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { readCustomNode } from '../../api/custom-nodes.ts'
import { ErrorNotice } from '../components/error-notice.tsx'
import { PageSkeleton } from '../components/page-skeleton.tsx'
import { basedOn, newDraft } from './draft.ts'
import { Wizard } from './wizard.tsx'

/** The designer for a new node type (`/custom-nodes/new`) or a stored one (by id). */
export function DesignerPage() {
  const { id } = useParams({ from: '/custom-nodes/$id' })
  return id === 'new' ? <NewNode /> : <StoredNode key={id} id={id} />
}

function NewNode() {
  const { realm } = useSearch({ from: '__root__' })
  const [draft] = useState(() => newDraft(crypto.randomUUID().replaceAll('-', '')))
  return <Wizard realm={realm} id="new" stored={{ draft, base: { document: {}, revision: '' } }} />
}

function StoredNode({ id }: { id: string }) {
  const { realm } = useSearch({ from: '__root__' })
  // Changes with each restore, so that the designer starts again.
  const [restores, setRestores] = useState(0)
  // Never read again: changes by others must not replace the draft.
  const stored = useQuery({
    queryKey: ['custom-nodes', id],
    queryFn: ({ signal }) => readCustomNode(id, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  if (stored.error !== null) {
    return <ErrorNotice title="The node could not be read" error={stored.error} onRetry={stored.refetch} />
  }
  const showRestored = async () => {
    await stored.refetch()
    setRestores((before) => before + 1)
  }
  if (stored.data === undefined) return <PageSkeleton />
  return (
    <Wizard key={restores} realm={realm} id={id} stored={basedOn(stored.data)} onRestored={showRestored} />
  )
}
