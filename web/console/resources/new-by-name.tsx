import { TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { Resources } from '../../api/collection.ts'
import { FormSheet } from '../saving/form-sheet.tsx'

type Props = {
  of: Pick<Resources, 'name'>
  realm: string
  title: string
  noun: string
  description?: string
  /** Further fields. */
  children?: ReactNode
  /** Whether the further fields are complete. */
  isReady?: boolean
  /** @returns the id. */
  create(name: string): Promise<string>
  /** Opens the new resource. */
  onCreated(id: string): Promise<void>
  onClose(): void
}

/** The dialog for a resource that needs only a name at first. */
export function NewByName(props: Props) {
  const { of, realm, title, noun, description, isReady = true, create, onCreated, onClose } = props
  const [typed, setTyped] = useState('')
  const name = typed.trim()
  const queries = useQueryClient()
  const creation = useMutation({
    mutationFn: () => create(name),
    async onSuccess(id) {
      await queries.invalidateQueries({ queryKey: [of.name, realm] })
      await onCreated(id)
    },
  })
  return (
    <FormSheet
      title={title}
      submitLabel={`Create ${noun}`}
      isReady={name !== '' && isReady}
      isPending={creation.isPending}
      error={creation.error}
      errorTitle={`The ${noun} was not created`}
      onSubmit={() => creation.mutate()}
      onClose={onClose}
    >
      <TextInput
        data-autofocus
        label="Name"
        description={description}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      {props.children}
    </FormSheet>
  )
}
