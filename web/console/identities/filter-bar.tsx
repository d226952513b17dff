import { SegmentedControl, Select } from '@mantine/core'
import { IconSearch, IconSortAscending, IconSortDescending } from '@tabler/icons-react'
import { FilterField } from '../components/filter-field.tsx'
import { IconButton } from '../components/icon-button.tsx'
import type { PeopleFilter } from './use-people.ts'

const orders = [
  { value: 'userName', label: 'Username' },
  { value: 'sn', label: 'Last name' },
  { value: 'givenName', label: 'First name' },
  { value: 'mail', label: 'Email address' },
]

const statuses = [
  { value: 'all', label: 'All' },
  { value: 'active', label: 'Active' },
  { value: 'inactive', label: 'Inactive' },
]

type Props = { filter: PeopleFilter; onChange(change: Partial<PeopleFilter>): void }

/** Search, status filter and order of the people list. */
export function FilterBar({ filter, onChange }: Props) {
  const { text, status, sort } = filter
  const isDescending = sort.startsWith('-')
  const name = sort.replace(/^-/, '')
  return (
    <search className="find-bar wrap gap-2 below-4">
      <FilterField
        className="text"
        type="search"
        aria-label="Find people"
        placeholder="Name, email or phone"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={text}
        onChange={(value) => onChange({ text: value ?? '' })}
      />
      <SegmentedControl
        aria-label="Status"
        data={statuses}
        value={status}
        onChange={(chosen) =>
          onChange({ status: chosen === 'active' || chosen === 'inactive' ? chosen : 'all' })
        }
      />
      <Select
        className="sort"
        aria-label="Sort by"
        data={orders}
        value={name}
        allowDeselect={false}
        onChange={(chosen) => onChange({ sort: `${isDescending ? '-' : ''}${chosen ?? 'userName'}` })}
      />
      <Direction
        isDescending={isDescending}
        onToggle={() => onChange({ sort: isDescending ? name : `-${name}` })}
      />
    </search>
  )
}

function Direction({ isDescending, onToggle }: { isDescending: boolean; onToggle(): void }) {
  return (
    <IconButton
      label={isDescending ? 'Descending' : 'Ascending'}
      icon={isDescending ? IconSortDescending : IconSortAscending}
      iconSize={18}
      variant="default"
      size={36}
      onClick={onToggle}
    />
  )
}
