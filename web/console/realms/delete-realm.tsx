import { Text, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { countPeople } from '../../api/people.ts'
import { removeRealm } from '../../api/realms.ts'
import { listJourneyNames } from '../../api/references.ts'
import { realmName } from '../components/realm-name.ts'
import { FormSheet } from '../saving/form-sheet.tsx'
import type { RealmDialogProps } from './realm-action.ts'

/** Deletes a realm with everything in it, after its name is typed. */
export function DeleteRealm({ entry, onClose, onDone }: RealmDialogProps) {
  const { path } = entry
  const name = realmName(path)
  const [typed, setTyped] = useState('')
  const deletion = useMutation({
    mutationFn: () => removeRealm(entry),
    onSuccess() {
      onDone(`Realm ${name} deleted.`, path)
      onClose()
    },
  })
  return (
    <FormSheet
      title={<bdi>{`Delete ${name}?`}</bdi>}
      submitLabel={`Delete ${name}`}
      cancelLabel="Keep"
      isBad
      isReady={typed === name}
      isPending={deletion.isPending}
      error={deletion.error}
      errorTitle="The realm was not deleted"
      onSubmit={() => deletion.mutate()}
      onClose={onClose}
    >
      <Content entry={entry} />
      <TextInput
        data-autofocus
        label={<bdi>{`Type ${name} to confirm`}</bdi>}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
    </FormSheet>
  )
}

/** Counts what will be deleted. The content of a disabled realm can't be read. */
function Content({ entry: { path, isActive } }: Pick<RealmDialogProps, 'entry'>) {
  const { data } = useQuery({
    queryKey: ['realm-content', path],
    queryFn: async () => ({ journeys: await listJourneyNames(path), people: await countPeople(path) }),
    enabled: isActive,
    staleTime: 0,
  })
  const { journeys, people } = data ?? {}
  return (
    <Text>
      {journeys !== undefined &&
        people !== undefined &&
        `This realm has ${countText(journeys.length, 'journey', 'journeys')} and ${countText(people, 'person', 'people')}. `}
      This permanently deletes its people, journeys, scripts, settings and clients, and signs everyone out.
    </Text>
  )
}

function countText(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}
