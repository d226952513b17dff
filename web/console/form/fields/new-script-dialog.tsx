import { Button, Group, Modal, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { createScript } from '../../../api/references.ts'
import { errorMessage } from '../../components/error-notice.tsx'
import { useFormContext } from '../form-context.tsx'
import { scriptsQuery } from '../scripts-query.ts'

type Props = { contexts: readonly string[]; onClose(): void; onCreated(id: string): void }

/** Used when the setting names no script context. */
const defaultContext = 'SCRIPTED_DECISION_NODE'

/** Creates a script for a node. Its source is written in the script editor afterwards. */
export function NewScriptDialog({ contexts, onClose, onCreated }: Props) {
  const { realm } = useFormContext()
  const queries = useQueryClient()
  const [name, setName] = useState('')
  // The last context is the newest.
  const context = contexts.at(-1) ?? defaultContext
  const creation = useMutation({
    mutationFn: () => createScript(realm, { name: name.trim(), context, source: firstLines(context) }),
    async onSuccess(id) {
      await queries.invalidateQueries({ queryKey: scriptsQuery(realm).queryKey })
      onCreated(id)
    },
  })
  return (
    <Modal opened onClose={onClose} title="New script">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          event.stopPropagation()
          if (name.trim() !== '') creation.mutate()
        }}
      >
        <TextInput
          label="Name"
          data-autofocus
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          error={creation.error === null ? undefined : errorMessage(creation.error)}
        />
        <Text size="sm" c="dimmed" mt="sm">
          The script is created with a placeholder and selected here. Choose “Open script” to write it.
        </Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="subtle" color="gray" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={creation.isPending} disabled={name.trim() === ''}>
            Create script
          </Button>
        </Group>
      </form>
    </Modal>
  )
}

/** A placeholder that runs, so that the journey can be tested before the script is written. */
function firstLines(context: string): string {
  return context.includes('CONFIG') ? 'config = {};\n' : "action.goTo('true');\n"
}
