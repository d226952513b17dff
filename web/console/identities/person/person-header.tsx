import { ActionIcon, Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { patchPerson, type StoredPerson, unlockPerson } from '../../../api/people.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { personName } from '../person-name.ts'
import { PersonStatus } from '../person-status.tsx'
import { DeletePerson } from './delete-person.tsx'
import { ResetPassword } from './reset-password.tsx'

/** Called after a change to the person. Without an argument, the person is read again. */
export type OnChanged = (changed?: StoredPerson) => Promise<void>

type Props = { realm: string; person: StoredPerson; onChanged: OnChanged }

/** Name, status and actions. */
export function PersonHeader({ realm, person, onChanged }: Props) {
  const { id, document, access } = person
  const [dialog, setDialog] = useState<'reset' | 'remove'>()
  const name = personName(document)
  const unlock = useMutation({ mutationFn: () => unlockPerson(realm, id), onSuccess: onChanged })
  const toggling = useMutation({
    mutationFn: () => {
      const value = access.isActive ? 'inactive' : 'active'
      return patchPerson(realm, id, [{ field: '/accountStatus', value }])
    },
    onSuccess: () => onChanged(),
  })
  const failed = [unlock, toggling].find(({ error }) => error !== null)
  return (
    <header className="stack gap-3">
      <Title name={name} userName={String(document.userName)} />
      <PersonStatus access={access} />
      <div className="acts wrap gap-2">
        {access.isLocked && (
          <Button size="xs" loading={unlock.isPending} onClick={() => unlock.mutate()}>
            Unlock
          </Button>
        )}
        <Button size="xs" variant="default" loading={toggling.isPending} onClick={() => toggling.mutate()}>
          {access.isActive ? 'Deactivate' : 'Activate'}
        </Button>
        <Button size="xs" variant="default" onClick={() => setDialog('reset')}>
          Reset password…
        </Button>
        <Button size="xs" variant="outline" color="bad" onClick={() => setDialog('remove')}>
          Delete…
        </Button>
      </div>
      {failed?.error && (
        <ErrorNotice
          title="The person was not changed"
          error={failed.error}
          onRetry={() => failed.mutate()}
        />
      )}
      {dialog === 'reset' && (
        <ResetPassword
          realm={realm}
          id={id}
          name={name}
          onClose={() => setDialog(undefined)}
          onDone={onChanged}
        />
      )}
      {dialog === 'remove' && (
        <DeletePerson realm={realm} id={id} name={name} onClose={() => setDialog(undefined)} />
      )}
    </header>
  )
}

function Title({ name, userName }: { name: string; userName: string }) {
  const search = useSearch({ from: '/identities/$id' })
  return (
    <div className="title flex justify-between gap-2">
      <div>
        <h2 className="heading-1 tight breaks">
          <bdi>{name}</bdi>
        </h2>
        <p className="note breaks">
          <bdi>{userName}</bdi>
        </p>
      </div>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={36}
        aria-label="Close person"
        renderRoot={(props) => <Link {...props} to="/identities" search={search} />}
      >
        <IconX size={18} stroke={1.75} aria-hidden />
      </ActionIcon>
    </div>
  )
}
