import { Autocomplete } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useUserNames } from '../components/use-user-names.ts'

const route = getRouteApi('/sessions')

/** Filters sessions by person, with suggestions of usernames. */
export function PersonFilter() {
  const { realm, person = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const [typed, setTyped] = useState(person)
  useEffect(() => setTyped(person), [person])
  const show = (name: string) =>
    navigate({ search: (old) => ({ ...old, person: name.trim() || undefined }), replace: true })
  const names = useUserNames(realm, typed)
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
          data={names}
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
