import '../../components/rows.css'
import { SegmentedControl } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { isSignedOut } from '../../../api/own-session.ts'
import { type DeliveryPage, deliveryStates, listDeliveries } from '../../../api/webhook-deliveries.ts'
import { LoadState } from '../../components/load-state.tsx'
import { MoreButton } from '../../components/more-button.tsx'
import { stateLabels } from './delivery-labels.ts'
import { DeliveryTable } from './delivery-table.tsx'
import { idleRefreshSeconds, refreshSeconds } from './use-webhook-status.ts'

const route = getRouteApi('/realm/webhooks/$id')

type Props = { realm: string; webhook: string; isOn: boolean }

/** Deliveries of a webhook, newest first. */
export function Deliveries({ realm, webhook, isOn }: Props) {
  const list = useDeliveries(realm, webhook)
  const { data } = list
  return (
    <section className="webhook-deliveries" aria-label="Deliveries">
      <header className="row wrap below-4">
        <h2 className="heading-2 breaks">Deliveries</h2>
        <RefreshStatus list={list} />
        <StateFilter />
      </header>
      <LoadState query={list} of="deliveries" rows={3} isLive />
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
      className="push-end"
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
  if (list.error !== null) return <p className="renewal lost">Not refreshed</p>
  return (
    hasPending(list.data.pages) && (
      <p className="renewal note align-center">Updates every {intervalSeconds(list.data.pages)} s</p>
    )
  )
}

function DeliveryRows({ realm, list, isOn }: { realm: string; list: DeliveryList; isOn: boolean }) {
  const { state } = route.useSearch()
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? []
  if (rows.length === 0) return <p className="nothing muted">{emptyText(state)}</p>
  return (
    <>
      <DeliveryTable realm={realm} rows={rows} isOn={isOn} />
      <MoreButton list={list} />
      <p className="note above-3">Deliveries are kept for 30 days.</p>
    </>
  )
}

function emptyText(state: keyof typeof stateLabels | undefined): string {
  switch (state) {
    case 'waiting':
      return 'No pending deliveries.'
    case 'delivered':
      return 'No deliveries in the last 30 days.'
    case 'failed':
      return 'No failed deliveries in the last 30 days.'
    default:
      return 'No deliveries yet. The next check or a test event will appear here.'
  }
}

function useDeliveries(realm: string, webhook: string) {
  const { state } = route.useSearch()
  return useInfiniteQuery({
    queryKey: ['deliveries', realm, webhook, state],
    queryFn: ({ pageParam, signal }) => listDeliveries(realm, { webhook, state, cookie: pageParam, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ cookie }: DeliveryPage) => cookie,
    refetchInterval: ({ state: { data, error } }) =>
      !isSignedOut(error) && intervalSeconds(data?.pages) * 1_000,
    // The next refresh is the retry.
    retry: false,
  })
}

type DeliveryList = ReturnType<typeof useDeliveries>

/** Refresh interval. Lists with more pages are refreshed less often. */
function intervalSeconds(pages: readonly DeliveryPage[] = []): number {
  return (hasPending(pages) ? refreshSeconds : idleRefreshSeconds) * Math.max(1, pages.length)
}

function hasPending(pages: readonly DeliveryPage[]): boolean {
  return pages.some(({ rows }) => rows.some(({ state }) => state === 'waiting'))
}
