import { Button } from '@mantine/core'

type PagedList = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage(): unknown }

/** Loads the next page of a list. Hidden on the last page. */
export function MoreButton({ list, label = 'Show more' }: { list: PagedList; label?: string }) {
  if (!list.hasNextPage) return null
  return (
    <Button
      className="more-button"
      variant="default"
      loading={list.isFetchingNextPage}
      onClick={() => list.fetchNextPage()}
    >
      {label}
    </Button>
  )
}
