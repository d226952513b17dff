import { Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { removePerson } from '../../../api/people.ts'
import { ConfirmSheet } from '../../components/confirm-sheet.tsx'

type Props = { realm: string; id: string; name: string; onClose(): void }

export function DeletePerson({ realm, id, name, onClose }: Props) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const leave = async () => {
    await queries.invalidateQueries({ queryKey: ['people', realm] })
    await navigate({ to: '/identities', search: { realm }, ignoreBlocker: true })
  }
  return (
    <ConfirmSheet
      title={<bdi>{`Delete ${name}?`}</bdi>}
      errorTitle="The person was not deleted"
      confirmLabel={`Delete ${name}`}
      cancelLabel="Keep"
      look={{ color: 'bad' }}
      onConfirm={() => removePerson(realm, id)}
      onDone={leave}
      onClose={onClose}
    >
      <Text>
        This permanently deletes all attributes and devices and ends all sessions. Deactivate the account
        instead if the person may come back.
      </Text>
    </ConfirmSheet>
  )
}
