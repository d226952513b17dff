import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { EmptyState } from '../components/empty-state.tsx'
import { LoadState } from '../components/load-state.tsx'
import { Page } from '../components/page.tsx'
import { useOpenedAct } from '../components/use-opened-act.ts'

type Props<Thing> = {
  of: { name: string; list(realm: string, signal?: AbortSignal): Promise<readonly Thing[]> }
  /** What one and several are called. */
  nouns: readonly [one: string, several: string]
  /** Title and description. Without them the list is a tab of another page. */
  page?: { title: string; description: string }
  /** What the resources are for, where there are none yet. */
  empty: ReactNode
  /** Beside the button of a tab. */
  about?: string
  /** The dialog that creates one. Absent where only imports do. */
  renderNew?(realm: string, onClose: () => void): ReactNode
  /** The button in its place. */
  renderAct?(realm: string): ReactNode
  children(things: readonly Thing[], realm: string): ReactNode
}

/** The resources of one kind, and a button that creates one. */
export function ResourceList<Thing>(props: Props<Thing>) {
  const { of, nouns, page, empty, about, renderNew, renderAct, children } = props
  const [one, several] = nouns
  const { realm } = useSearch({ from: '__root__' })
  const [isNew, setNew] = useState(false)
  useOpenedAct({ new: () => setNew(true) })
  const found = useQuery({
    queryKey: [of.name, realm],
    queryFn: ({ signal }) => of.list(realm, signal),
  })
  const { data } = found
  const act =
    renderAct?.(realm) ??
    (renderNew && (
      <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setNew(true)}>
        {`New ${one}`}
      </Button>
    ))
  const content = (
    <>
      <LoadState query={found} of={several} rows={3} />
      {data?.length === 0 && (
        <EmptyState title={`No ${several} yet`} action={act}>
          {empty}
        </EmptyState>
      )}
      {page === undefined && data !== undefined && data.length > 0 && (
        <div className="listing-acts row justify-end below-4">
          {about !== undefined && <p className="flexible muted">{about}</p>}
          {act}
        </div>
      )}
      {data !== undefined && data.length > 0 && children(data, realm)}
      {isNew && renderNew?.(realm, () => setNew(false))}
    </>
  )
  return page === undefined ? (
    content
  ) : (
    <Page {...page} actions={act}>
      {content}
    </Page>
  )
}
