import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { duplicateJourney } from '../../../api/journeys.ts'
import { ApiError } from '../../../api/request.ts'
import { errorMessage } from '../../components/error-notice.tsx'
import { Sheet } from '../../components/sheet.tsx'

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
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (copy.trim() !== '') duplication.mutate(copy.trim())
  }
  return (
    <Sheet
      title={
        <>
          Duplicate <bdi>{name}</bdi>
        </>
      }
      onClose={onClose}
    >
      <form onSubmit={submit}>
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
        <div className="sheet-acts">
          <Button variant="subtle" color="gray" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={duplication.isPending} disabled={copy.trim() === ''}>
            Duplicate
          </Button>
        </div>
      </form>
    </Sheet>
  )
}

function errorText(error: Error): string {
  return error instanceof ApiError && error.code === 409
    ? 'A journey with this name already exists.'
    : errorMessage(error)
}
