import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Resources } from '../../api/collection.ts'
import { ErrorNotice } from '../components/error-notice.tsx'
import { Sheet } from '../components/sheet.tsx'

type Props = {
  of: Pick<Resources, 'name'>
  realm: string
  title: string
  noun: string
  description?: string
  /** @returns the id. */
  create(name: string): Promise<string>
  /** Opens the new resource. */
  onCreated(id: string): Promise<void>
  onClose(): void
}

/** The dialog for a resource that needs only a name at first. */
export function NewByName(props: Props) {
  const { of, realm, title, noun, description, create, onCreated, onClose } = props
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
    <Sheet title={title} onClose={onClose}>
      <form
        className="sheet-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (name !== '') creation.mutate()
        }}
      >
        {creation.error !== null && (
          <ErrorNotice title={`The ${noun} was not created`} error={creation.error} />
        )}
        <TextInput
          data-autofocus
          label="Name"
          description={description}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <div className="sheet-acts">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={creation.isPending} disabled={name === ''}>
            {`Create ${noun}`}
          </Button>
        </div>
      </form>
    </Sheet>
  )
}
