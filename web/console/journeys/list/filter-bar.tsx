import './filter-bar.css'
import { NativeSelect, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import type { JourneyRow } from '../../../api/journeys.ts'
import { categoriesOf, type Filter, orders, states } from './filter.ts'

type Props = { rows: readonly JourneyRow[]; filter: Filter; onChange(part: Filter): void }

const stateWords: Readonly<Record<(typeof states)[number], string>> = {
  on: 'On',
  off: 'Off',
  findings: 'With findings',
  unsupported: 'Not supported',
  inner: 'Inner only',
}

const orderWords: Readonly<Record<(typeof orders)[number], string>> = {
  name: 'By name',
  saved: 'Last saved first',
  findings: 'Worst findings first',
}

export function FilterBar({ rows, filter, onChange }: Props) {
  return (
    <search className="journey-filter row wrap gap-2 below-4">
      <Find value={filter.find ?? ''} onChange={(find) => onChange({ find })} />
      <NativeSelect
        aria-label="State"
        value={filter.state ?? ''}
        onChange={({ currentTarget: { value } }) =>
          onChange({ state: states.find((state) => state === value) })
        }
        data={[
          { value: '', label: 'Any state' },
          ...states.map((value) => ({ value, label: stateWords[value] })),
        ]}
      />
      <NativeSelect
        aria-label="Order"
        value={filter.order ?? 'name'}
        onChange={({ currentTarget: { value } }) => {
          const order = orders.find((order) => order === value)
          onChange({ order: order === 'name' ? undefined : order })
        }}
        data={orders.map((value) => ({ value, label: orderWords[value] }))}
      />
      <Categories rows={rows} chosen={filter.category} onChange={(category) => onChange({ category })} />
    </search>
  )
}

function Find({ value, onChange }: { value: string; onChange(value: string): void }) {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isElsewhere =
        event.target instanceof Element &&
        event.target.closest('input, select, textarea, [role=dialog], [role=menu]')
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isElsewhere) return
      event.preventDefault()
      field.current?.focus()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
  return (
    <TextInput
      ref={field}
      className="find"
      type="search"
      aria-label="Search journeys"
      placeholder="Name, node or script"
      dir="auto"
      leftSection={<IconSearch size={16} aria-hidden />}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}

type Chips = {
  rows: readonly JourneyRow[]
  chosen: string | undefined
  onChange(category: string | undefined): void
}

function Categories({ rows, chosen, onChange }: Chips) {
  const categories = categoriesOf(rows)
  if (categories.length === 0) return null
  const chips = [{ name: undefined, count: rows.length }, ...categories]
  return (
    // biome-ignore lint/a11y/useSemanticElements: browsers lay out and scroll fieldsets differently
    <div className="categories wrap gap-6px" role="group" aria-label="Category">
      {chips.map(({ name, count }) => (
        <button
          className="note align-center gap-6px medium"
          key={name ?? ''}
          type="button"
          aria-pressed={chosen === name}
          onClick={() => onChange(name)}
        >
          <bdi className="one-line">{name ?? 'All'}</bdi> <span className="figures regular">{count}</span>
        </button>
      ))}
    </div>
  )
}
