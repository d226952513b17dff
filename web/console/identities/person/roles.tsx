import { Autocomplete, Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { type StoredPerson, setRoles } from '../../../api/people.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { rolesOfRealm, roleTitle } from '../role-titles.ts'
import type { OnChanged } from './person-header.tsx'

type Props = { realm: string; person: StoredPerson; onChanged: OnChanged }

/** Roles of a person. Changes take effect at once. */
export function Roles({ realm, person: { id, access }, onChanged }: Props) {
  const { roles } = access
  const [typed, setTyped] = useState('')
  const change = useMutation({
    mutationFn: (next: readonly string[]) => setRoles(realm, id, next),
    async onSuccess(changed) {
      setTyped('')
      await onChanged(changed)
    },
  })
  const assigned = new Set(roles.map(roleTitle))
  const available = rolesOfRealm(realm).filter((each) => !assigned.has(roleTitle(each)))
  const role = available.find((each) => roleTitle(each) === typed) ?? typed.trim()
  return (
    <section className="roles stack items-start gap-3" aria-label="Roles">
      <h3 className="heading-3">Roles</h3>
      {roles.length === 0 && <p className="hint note">No roles. This person can only sign in.</p>}
      <ul className="wrap gap-2">
        {roles.map((each) => (
          <li className="row gap-1 text-note breaks" key={each}>
            <bdi>{roleTitle(each)}</bdi>
            <IconButton
              label={`Remove ${roleTitle(each)}`}
              icon={IconX}
              iconSize={14}
              disabled={change.isPending}
              onClick={() => change.mutate(roles.filter((other) => other !== each))}
            />
          </li>
        ))}
      </ul>
      <form
        className="wrap align-end gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (role !== '') change.mutate([...roles, role])
        }}
      >
        <Autocomplete
          aria-label="Add a role"
          placeholder="Add a role"
          data={available.map(roleTitle)}
          value={typed}
          onChange={setTyped}
        />
        <Button type="submit" variant="default" loading={change.isPending} disabled={role === ''}>
          Add
        </Button>
      </form>
      {change.error !== null && <ErrorNotice title="The roles were not changed" error={change.error} />}
    </section>
  )
}
