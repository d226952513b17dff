import { Autocomplete } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { suggestUserNames } from '../../api/people.ts'

const route = getRouteApi('/sessions')

/** Milliseconds without a key after which names are suggested. */
const pause = 200

/** Whose sessions are shown. A user name is typed, or chosen of those who are called like it. */
export function PersonFilter() {
  const { realm, person = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const [typed, setTyped] = useState(person)
  useEffect(() => setTyped(person), [person])
  const show = (wanted: string) =>
    navigate({ search: (old) => ({ ...old, person: wanted.trim() || undefined }), replace: true })
  const asked = useLater(typed.trim())
  const names = useQuery({
    queryKey: ['user-names', realm, asked],
    queryFn: ({ signal }) => suggestUserNames(realm, asked, signal),
    enabled: asked.length > 1,
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
          placeholder="User name or id"
          leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
          data={asked.length > 1 ? (names.data ?? []) : []}
          filter={({ options }) => options}
          value={typed}
          clearable
          clearButtonProps={{ 'aria-label': 'Everybody' }}
          onChange={setTyped}
          onOptionSubmit={show}
          onClear={() => show('')}
          onBlur={() => show(typed)}
        />
      </form>
    </search>
  )
}

/** A text as it was when one stopped typing. */
function useLater(text: string): string {
  const [later, setLater] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setLater(text), pause)
    return () => clearTimeout(timer)
  }, [text])
  return later
}
