import { SegmentedControl, Select } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { listJourneyNames } from '../../api/references.ts'
import { FilterField } from '../components/filter-field.tsx'
import { standings, type TransactionsSearch } from './filter.ts'

const route = getRouteApi('/transactions')

/** Filters of the transaction list. */
export function FilterBar() {
  const { realm, show = 'all', journey, text } = route.useSearch()
  const navigate = useNavigate()
  /** Keeps the open transaction open. */
  const change = (part: TransactionsSearch) =>
    navigate({ to: '.', search: (old) => ({ ...old, ...part }), replace: true })
  const journeys = useQuery({ queryKey: ['journey-names', realm], queryFn: () => listJourneyNames(realm) })
  const names = new Set([...(journeys.data ?? []), ...(journey === undefined ? [] : [journey])])
  return (
    <search className="filters">
      <FilterField
        className="words"
        aria-label="Search transactions"
        placeholder="Subject, agent, ticket or reference"
        leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
        value={text}
        onChange={(value) => change({ text: value })}
      />
      <Select
        aria-label="Journey"
        placeholder="Any journey"
        data={[...names]}
        value={journey ?? null}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'Any journey' }}
        onChange={(name) => change({ journey: name ?? undefined })}
      />
      <SegmentedControl
        aria-label="State"
        data={[...standings]}
        withItemsBorders={false}
        value={show}
        onChange={(value) => change({ show: value === 'all' ? undefined : value })}
      />
    </search>
  )
}
