import '../../components/rows.css'
import { SegmentedControl } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { isSignedOut } from '../../../api/own-session.ts'
import { type DeliveryPage, deliveryStates, listDeliveries } from '../../../api/webhook-deliveries.ts'
import { clockTime } from '../../../check-model/times.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { MoreButton } from '../../components/more-button.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { stateLabels } from './delivery-labels.ts'
import { DeliveryTable } from './delivery-table.tsx'
import { idleRefreshSeconds, refreshSeconds } from './use-webhook-status.ts'

const route = getRouteApi('/realm/webhooks/$id')

type Props = { realm: string; receiver: string; isOn: boolean }

/** What a receiver is told, newest first. */
export function Deliveries({ realm, receiver, isOn }: Props) {
  const list = useDeliveries(realm, receiver)
  const { data, error } = list
  return (
    <section className="receiver-deliveries" aria-label="Deliveries">
      <header>
        <h2>Deliveries</h2>
        <RefreshStatus list={list} />
        <StateFilter />
      </header>
      {error !== null && (
        <ErrorNotice
          title={
            data === undefined
              ? 'The deliveries could not be read'
              : `This list is of ${clockTime(list.dataUpdatedAt)} and could not be renewed`
          }
          error={error}
          onRetry={() => list.refetch()}
        />
      )}
      {list.isPending && <Skeleton label="Reading the deliveries" rows={3} />}
      {data !== undefined && <DeliveryRows realm={realm} list={list} isOn={isOn} />}
    </section>
  )
}

function StateFilter() {
  const { state } = route.useSearch()
  const navigate = route.useNavigate()
  const choose = (value: string) =>
    navigate({
      search: (old) => ({ ...old, state: deliveryStates.find((each) => each === value) }),
      replace: true,
    })
  return (
    <SegmentedControl
      aria-label="State"
      data={[
        { value: 'all', label: 'All' },
        ...deliveryStates.map((value) => ({ value, label: stateLabels[value] })),
      ]}
      withItemsBorders={false}
      value={state ?? 'all'}
      onChange={choose}
    />
  )
}

function RefreshStatus({ list }: { list: DeliveryList }) {
  if (list.data === undefined) return null
  if (list.error !== null) return <p className="renewal lost">Not renewed</p>
  return (
    hasWaiting(list.data.pages) && (
      <p className="renewal">Renewed every {intervalSeconds(list.data.pages)} s</p>
    )
  )
}

function DeliveryRows({ realm, list, isOn }: { realm: string; list: DeliveryList; isOn: boolean }) {
  const { state } = route.useSearch()
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? []
  if (rows.length === 0) return <p className="nothing">{emptyText(state)}</p>
  return (
    <>
      <DeliveryTable realm={realm} rows={rows} isOn={isOn} />
      <MoreButton list={list} />
      <p className="rows-note">Deliveries are kept for 30 days.</p>
    </>
  )
}

function emptyText(state: keyof typeof stateLabels | undefined): string {
  switch (state) {
    case 'waiting':
      return 'Nothing waits for this receiver.'
    case 'delivered':
      return 'Nothing was delivered in the last 30 days.'
    case 'failed':
      return 'Nothing was given up in the last 30 days.'
    default:
      return 'Nothing was told yet. The next check is, and so is a test event.'
  }
}

function useDeliveries(realm: string, receiver: string) {
  const { state } = route.useSearch()
  return useInfiniteQuery({
    queryKey: ['deliveries', realm, receiver, state],
    queryFn: ({ pageParam, signal }) =>
      listDeliveries(realm, { webhook: receiver, state, cookie: pageParam, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ cookie }: DeliveryPage) => cookie,
    refetchInterval: ({ state: { data, error } }) =>
      !isSignedOut(error) && intervalSeconds(data?.pages) * 1_000,
    // The next renewal is another try.
    retry: false,
  })
}

type DeliveryList = ReturnType<typeof useDeliveries>

/** Seconds between two readings; a list that was read far back is renewed less often. */
function intervalSeconds(pages: readonly DeliveryPage[] = []): number {
  return (hasWaiting(pages) ? refreshSeconds : idleRefreshSeconds) * Math.max(1, pages.length)
}

function hasWaiting(pages: readonly DeliveryPage[]): boolean {
  return pages.some(({ rows }) => rows.some(({ state }) => state === 'waiting'))
}
