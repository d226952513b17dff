import { Autocomplete } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { suggestUserNames } from '../../api/people.ts'

const route = getRouteApi('/sessions')

const debounceMs = 200

/** Filters sessions by person, with suggestions of usernames. */
export function PersonFilter() {
  const { realm, person = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const [typed, setTyped] = useState(person)
  useEffect(() => setTyped(person), [person])
  const show = (name: string) =>
    navigate({ search: (old) => ({ ...old, person: name.trim() || undefined }), replace: true })
  const [searched] = useDebouncedValue(typed.trim(), debounceMs)
  const names = useQuery({
    queryKey: ['user-names', realm, searched],
    queryFn: ({ signal }) => suggestUserNames(realm, searched, signal),
    enabled: searched.length > 1,
  })
  return (
    <search className="filters">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          show(typed)
        }}
      >
        <Autocomplete
          className="find-person"
          aria-label="Search by person"
          placeholder="Username or ID"
          leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
          data={searched.length > 1 ? (names.data ?? []) : []}
          filter={({ options }) => options}
          value={typed}
          clearable
          clearButtonProps={{ 'aria-label': 'Clear filter' }}
          onChange={setTyped}
          onOptionSubmit={show}
          onClear={() => show('')}
          onBlur={() => show(typed)}
        />
      </form>
    </search>
  )
}
