import { Button, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { removePerson } from '../../../api/people.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { Sheet } from '../../components/sheet.tsx'

type Props = { realm: string; id: string; name: string; onClose(): void }

export function DeletePerson({ realm, id, name, onClose }: Props) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const removal = useMutation({
    mutationFn: () => removePerson(realm, id),
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: ['people', realm] })
      await navigate({ to: '/identities', search: { realm }, ignoreBlocker: true })
    },
  })
  return (
    <Sheet title={<bdi>{`Delete ${name}?`}</bdi>} onClose={onClose}>
      {removal.error !== null && <ErrorNotice title="The person was not deleted" error={removal.error} />}
      <Text>
        This permanently deletes all attributes and devices and ends all sessions. Deactivate the account
        instead if the person may come back.
      </Text>
      <div className="sheet-acts">
        <Button variant="default" onClick={onClose}>
          Keep
        </Button>
        <Button color="bad" loading={removal.isPending} onClick={() => removal.mutate()}>
          Delete {name}
        </Button>
      </div>
    </Sheet>
  )
}
