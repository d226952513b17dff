import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Resources, Stored } from '../../api/collection.ts'
import { ApiError } from '../../api/request.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { LoadState } from '../components/load-state.tsx'
import { Page } from '../components/page.tsx'

type Props<Thing extends Stored> = {
  of: Pick<Resources<Thing>, 'name' | 'read'>
  realm: string
  id: string
  noun: string
  /** Whether it is a page of its own, and no tab. */
  isPage?: boolean
  /** The editor. It needs a key, because it keeps its first document. */
  children(stored: Thing): ReactNode
}

/** One resource, read from the server whenever its page opens. */
export function ResourcePage<Thing extends Stored>({ of, realm, id, noun, isPage, children }: Props<Thing>) {
  const read = useQuery({
    queryKey: [of.name, realm, id],
    queryFn: ({ signal }) => of.read(realm, id, signal),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const { data, error } = read
  if (data !== undefined) return children(data)
  const title = noun.slice(0, 1).toUpperCase() + noun.slice(1)
  const isMissing = error instanceof ApiError && error.code === 404
  const notice = isMissing ? (
    <EmptyState title={`${title} not found`}>It has been deleted.</EmptyState>
  ) : (
    <LoadState query={read} of={noun} />
  )
  return isPage ? <Page title={title}>{notice}</Page> : notice
}
