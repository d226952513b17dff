import { Button, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type SubmitEvent, useState } from 'react'
import { defined } from '../../api/defined.ts'
import { saveDraft } from '../../api/journey-drafts.ts'
import { userObject } from '../../api/realm-path.ts'
import { ApiError } from '../../api/request.ts'
import { errorMessage } from '../components/error-notice.tsx'
import { Sheet } from '../components/sheet.tsx'
import { type Draft, emptyDraft } from '../editor/model/draft.ts'

type Props = { realm: string; onClose(): void; name?: string }

/** Creates the draft of an empty journey and opens it in the editor. */
export function NewJourneyDialog({ realm, onClose, name: initialName = '' }: Props) {
  return (
    <Sheet title="New journey" onClose={onClose}>
      <Form realm={realm} initialName={initialName} onClose={onClose} />
    </Sheet>
  )
}

function Form({ realm, initialName, onClose }: { realm: string; initialName: string; onClose(): void }) {
  const [name, setName] = useState(initialName)
  const [description, setDescription] = useState('')
  const [identities, setIdentities] = useState(`managed/${userObject(realm)}`)
  const create = useCreation(realm, onClose)
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (name.trim() !== '') create.mutate(newJourney(name.trim(), description.trim(), identities.trim()))
  }
  return (
    <form className="new-journey" onSubmit={submit}>
      <TextInput
        label="Name"
        description="Used in links, so it can’t be changed later."
        data-autofocus
        required
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
        error={create.error === null ? undefined : errorText(create.error)}
      />
      <Textarea
        label="Description"
        mt="md"
        autosize
        minRows={2}
        value={description}
        onChange={({ currentTarget }) => setDescription(currentTarget.value)}
      />
      <TextInput
        label="Identity type"
        description="The kind of users who sign in with this journey."
        mt="md"
        value={identities}
        onChange={({ currentTarget }) => setIdentities(currentTarget.value)}
      />
      <div className="sheet-acts">
        <Button variant="subtle" color="gray" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={create.isPending} disabled={name.trim() === ''}>
          Create journey
        </Button>
      </div>
    </form>
  )
}

function useCreation(realm: string, onDone: () => void) {
  const navigate = useNavigate()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (draft: Draft) => saveDraft(realm, draft, { revision: undefined, base: null }),
    async onSuccess(_stored, { tree: { _id: name } }) {
      onDone()
      await queries.invalidateQueries({ queryKey: ['journey', realm, name] })
      void queries.invalidateQueries({ queryKey: ['journeys', realm] })
      await navigate({ to: '/journeys/$name', params: { name }, search: { realm } })
    },
  })
}

function newJourney(name: string, description: string, identityResource: string) {
  return emptyDraft(name, {
    ...defined({ description: description || undefined, identityResource: identityResource || undefined }),
  })
}

function errorText(error: Error): string {
  return error instanceof ApiError && error.code === 412
    ? 'A journey with this name already exists.'
    : errorMessage(error)
}
