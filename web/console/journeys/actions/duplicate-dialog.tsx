import { TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { duplicateJourney } from '../../../api/journeys.ts'
import { ApiError } from '../../../api/request.ts'
import { errorMessage } from '../../components/error-notice.tsx'
import { FormSheet } from '../../saving/form-sheet.tsx'

export function DuplicateDialog({ realm, name, onClose }: { realm: string; name: string; onClose(): void }) {
  const [copy, setCopy] = useState(`${name} copy`)
  const queries = useQueryClient()
  const duplication = useMutation({
    mutationFn: (newName: string) => duplicateJourney(realm, name, newName),
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: ['journeys', realm] })
      onClose()
    },
  })
  return (
    <FormSheet
      title={<bdi>{`Duplicate ${name}`}</bdi>}
      submitLabel="Duplicate"
      isReady={copy.trim() !== ''}
      isPending={duplication.isPending}
      onSubmit={() => duplication.mutate(copy.trim())}
      onClose={onClose}
    >
      <TextInput
        label="Name of the copy"
        description="Used in links, so it can’t be changed later."
        data-autofocus
        required
        dir="auto"
        maxLength={255}
        value={copy}
        onChange={({ currentTarget }) => {
          setCopy(currentTarget.value)
          duplication.reset()
        }}
        error={duplication.error === null ? undefined : errorText(duplication.error)}
      />
    </FormSheet>
  )
}

function errorText(error: Error): string {
  return error instanceof ApiError && error.code === 409
    ? 'A journey with this name already exists.'
    : errorMessage(error)
}
