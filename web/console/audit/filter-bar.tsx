import { Button, MultiSelect, Switch, TextInput } from '@mantine/core'
import { IconFilter, IconSearch } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { FilterField } from '../components/filter-field.tsx'
import { type AuditSearch, failedSignIns, isFailedSignIns, toIsoTime, toLocalInput } from './filter.ts'
import { eventChoices } from './labels.ts'

const route = getRouteApi('/audit')

type Change = (part: AuditSearch) => unknown

/** Filters of the audit trail. All but the text and the switches are collapsed, until one of them is used. */
export function FilterBar() {
  const { realm, ...search } = route.useSearch()
  const navigate = route.useNavigate()
  const [isExpanded, setUnfolded] = useState(hasMoreFilters(search))
  const change = (part: AuditSearch) => navigate({ search: (old) => ({ ...old, ...part }), replace: true })
  return (
    <search className={isExpanded ? 'filters audit-filters unfolded' : 'filters audit-filters'}>
      <Field name="text" label="Text" search={search} change={change} isFind />
      <Button
        className="unfold"
        variant="default"
        leftSection={<IconFilter size={16} stroke={1.75} aria-hidden />}
        aria-expanded={isExpanded}
        onClick={() => setUnfolded(!isExpanded)}
      >
        {isExpanded ? 'Fewer filters' : 'More filters'}
      </Button>
      <MultiSelect
        className="events"
        label="Event"
        placeholder={search.event === undefined ? 'Any' : ''}
        data={choices(search.event)}
        value={eventsOf(search.event)}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'Any event' }}
        onChange={(events) => change({ event: events.join(',') || undefined })}
      />
      <Field name="who" label="Who" search={search} change={change} />
      <Field name="whom" label="Affected person" search={search} change={change} />
      <Field name="ticket" label="Ticket" search={search} change={change} />
      <Field name="transaction" label="Reference or tracking ID" search={search} change={change} />
      <TimeField name="from" label="From" search={search} change={change} />
      <TimeField name="to" label="Until" search={search} change={change} />
      <Switches realm={realm} search={search} change={change} />
    </search>
  )
}

/** Whether a filter is set that the folded bar would hide. */
function hasMoreFilters(search: AuditSearch): boolean {
  const { event, who, whom, ticket, transaction, from, to } = search
  const others = isFailedSignIns(search) ? undefined : event
  return [others, who, whom, ticket, transaction, from, to].some((value) => value !== undefined)
}

type SwitchesProps = { realm: string; search: AuditSearch; change: Change }

function Switches({ realm, search, change }: SwitchesProps) {
  return (
    <>
      <Switch
        label="Failed sign-ins"
        checked={isFailedSignIns(search)}
        onChange={(event) => change(failedSignIns(event.currentTarget.checked))}
      />
      {realm === '/' && (
        <Switch
          label="All realms"
          checked={search.all === true}
          onChange={(event) => change({ all: event.currentTarget.checked || undefined })}
        />
      )}
    </>
  )
}

type FieldProps<Name extends keyof AuditSearch> = {
  name: Name
  label: string
  search: AuditSearch
  change: Change
}

function Field({
  name,
  label,
  search,
  change,
  isFind = false,
}: FieldProps<'text' | 'who' | 'whom' | 'ticket' | 'transaction'> & { isFind?: boolean }) {
  return (
    <FilterField
      label={label}
      className={isFind ? 'words' : undefined}
      placeholder={isFind ? 'Search all fields' : 'Any'}
      leftSection={isFind ? <IconSearch size={16} stroke={1.75} aria-hidden /> : undefined}
      value={search[name]}
      onChange={(text) => change({ [name]: text })}
    />
  )
}

function TimeField({ name, label, search, change }: FieldProps<'from' | 'to'>) {
  return (
    <TextInput
      type="datetime-local"
      label={label}
      value={toLocalInput(search[name])}
      onChange={(event) => change({ [name]: toIsoTime(event.currentTarget.value) })}
    />
  )
}

function eventsOf(event: string | undefined): string[] {
  return (event ?? '').split(',').filter((name) => name !== '')
}

/** Known events, plus unknown ones that the URL names. */
function choices(event: string | undefined) {
  const known = new Set(eventChoices.map(({ value }) => value))
  const others = eventsOf(event).filter((name) => !known.has(name))
  return [...eventChoices, ...others.map((value) => ({ value, label: value }))]
}
