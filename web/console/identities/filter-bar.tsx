import { ActionIcon, SegmentedControl, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch, IconSortAscending, IconSortDescending } from '@tabler/icons-react'
import { useState } from 'react'
import type { Wanted } from './use-people.ts'

const orders = [
  { value: 'userName', label: 'User name' },
  { value: 'sn', label: 'Last name' },
  { value: 'givenName', label: 'First name' },
  { value: 'mail', label: 'Mail address' },
]

const statuses = [
  { value: 'all', label: 'All' },
  { value: 'active', label: 'Active' },
  { value: 'inactive', label: 'Inactive' },
]

type Given = { wanted: Wanted; onChange(change: Partial<Wanted>): void }

/** By what people are found, and in what order they are shown. */
export function FindBar({ wanted, onChange }: Given) {
  const { text, status, sort } = wanted
  const [typed, setTyped] = useState(text)
  const find = useDebouncedCallback((next: string) => onChange({ text: next.trim() }), 250)
  const isDown = sort.startsWith('-')
  const name = sort.replace(/^-/, '')
  return (
    <search className="find-bar">
      <TextInput
        className="text"
        type="search"
        aria-label="Find people"
        placeholder="Name, mail or telephone"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={typed}
        onChange={({ currentTarget: { value } }) => {
          setTyped(value)
          find(value)
        }}
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
        onChange={(chosen) => onChange({ sort: `${isDown ? '-' : ''}${chosen ?? 'userName'}` })}
      />
      <Direction isDown={isDown} onTurn={() => onChange({ sort: isDown ? name : `-${name}` })} />
    </search>
  )
}

function Direction({ isDown, onTurn }: { isDown: boolean; onTurn(): void }) {
  return (
    <ActionIcon
      variant="default"
      size={36}
      aria-label={isDown ? 'Downwards: sort upwards' : 'Upwards: sort downwards'}
      onClick={onTurn}
    >
      {isDown ? (
        <IconSortDescending size={18} stroke={1.75} aria-hidden />
      ) : (
        <IconSortAscending size={18} stroke={1.75} aria-hidden />
      )}
    </ActionIcon>
  )
}
