import { Button, Radio, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { applications } from '../../api/applications.ts'
import { ApiError } from '../../api/request.ts'
import { Sheet } from '../components/sheet.tsx'
import { FormSheet } from '../saving/form-sheet.tsx'
import { ClientSecret } from './client-secret.tsx'
import { newDocument, newSecret } from './client-settings.ts'

type ApplicationInput = { id: string; name: string; isPublic: boolean }

const emptyInput: ApplicationInput = { id: '', name: '', isPublic: false }

/** Creates an application, and shows the secret of a confidential one once. */
export function NewApplication({ realm, onClose }: { realm: string; onClose(): void }) {
  const [input, setWanted] = useState(emptyInput)
  const creation = useCreateApplication(realm)
  const navigate = useNavigate()
  const open = (id: string) => {
    onClose()
    return navigate({ to: '/applications/$id', params: { id }, search: { realm } })
  }
  if (creation.data !== undefined) {
    const { id, secret } = creation.data
    return (
      <Sheet title={<bdi>{`Application ${id} created`}</bdi>} onClose={onClose} closeOnClickOutside={false}>
        {secret === undefined ? (
          <p>Public applications have no secret. They use PKCE instead.</p>
        ) : (
          <ClientSecret secret={secret} />
        )}
        <div className="sheet-acts">
          <Button onClick={() => open(id)} data-autofocus>
            Open application
          </Button>
        </div>
      </Sheet>
    )
  }
  return (
    <FormSheet
      title="New application"
      submitLabel="Create application"
      isReady={input.id.trim() !== ''}
      isChanged={input !== emptyInput}
      isPending={creation.isPending}
      error={isTaken(creation.error) ? null : creation.error}
      errorTitle="The application was not created"
      onSubmit={() => creation.mutate(input)}
      onClose={onClose}
    >
      <Fields input={input} onChange={setWanted} isTaken={isTaken(creation.error)} />
    </FormSheet>
  )
}

function isTaken(error: Error | null): boolean {
  return error instanceof ApiError && error.code === 412
}

type FieldsProps = { input: ApplicationInput; isTaken: boolean; onChange(input: ApplicationInput): void }

function Fields({ input, isTaken: isIdTaken, onChange }: FieldsProps) {
  const { id, name, isPublic } = input
  return (
    <>
      <TextInput
        data-autofocus
        label="Client ID"
        description="Identifies the application in requests. It can’t be changed later."
        autoComplete="off"
        spellCheck={false}
        value={id}
        error={isIdTaken ? 'This client ID is already in use' : undefined}
        onChange={({ currentTarget: { value } }) => onChange({ ...input, id: value })}
      />
      <TextInput
        label="Name"
        description="Shown to people when the application asks for consent."
        dir="auto"
        autoComplete="off"
        value={name}
        onChange={({ currentTarget: { value } }) => onChange({ ...input, name: value })}
      />
      <Radio.Group
        label="Type"
        value={isPublic ? 'public' : 'confidential'}
        onChange={(chosen) => onChange({ ...input, isPublic: chosen === 'public' })}
      >
        <div className="sheet-choices">
          <Radio value="confidential" label="Confidential: runs on a server and keeps a secret" />
          <Radio value="public" label="Public: runs in a browser or on a phone, without a secret" />
        </div>
      </Radio.Group>
    </>
  )
}

function useCreateApplication(realm: string) {
  const queries = useQueryClient()
  return useMutation({
    async mutationFn({ id, name, isPublic }: ApplicationInput) {
      const secret = isPublic ? undefined : newSecret()
      const document = newDocument({ name: name.trim(), isPublic, secret })
      const saved = await applications.save(realm, id.trim(), document, undefined)
      await queries.invalidateQueries({ queryKey: ['applications', realm] })
      return { id: saved.id, secret }
    },
  })
}
