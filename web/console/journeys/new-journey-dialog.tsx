import { Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { defined } from '../../api/defined.ts'
import { saveDraft } from '../../api/journey-drafts.ts'
import { userObject } from '../../api/realm-path.ts'
import { ApiError } from '../../api/request.ts'
import { errorMessage } from '../components/error-notice.tsx'
import { type Draft, emptyDraft } from '../editor/model/draft.ts'
import { FormSheet } from '../saving/form-sheet.tsx'

type Props = { realm: string; onClose(): void; name?: string }

/** Creates the draft of an empty journey and opens it in the editor. */
export function NewJourneyDialog({ realm, onClose, name: initialName = '' }: Props) {
  const [name, setName] = useState(initialName)
  const [description, setDescription] = useState('')
  const [identities, setIdentities] = useState(`managed/${userObject(realm)}`)
  const create = useCreation(realm, onClose)
  return (
    <FormSheet
      title="New journey"
      submitLabel="Create journey"
      isReady={name.trim() !== ''}
      isPending={create.isPending}
      onSubmit={() => create.mutate(newJourney(name.trim(), description.trim(), identities.trim()))}
      onClose={onClose}
    >
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
        autosize
        minRows={2}
        value={description}
        onChange={({ currentTarget }) => setDescription(currentTarget.value)}
      />
      <TextInput
        label="Identity type"
        description="The kind of users who sign in with this journey."
        value={identities}
        onChange={({ currentTarget }) => setIdentities(currentTarget.value)}
      />
    </FormSheet>
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
