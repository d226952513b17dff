import { Button, Group, Modal, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { createScript } from '../../../api/references.ts'
import { errorMessage } from '../../components/error-notice.tsx'
import { useFormContext } from '../form-context.tsx'
import { scriptsQuery } from '../scripts-query.ts'

type Props = { contexts: readonly string[]; onClose(): void; onCreated(id: string): void }

/** Of two kinds of script the newer is named last. */
const defaultContext = 'SCRIPTED_DECISION_NODE'

/** A new script for a node, to be written in the script editor. */
export function NewScriptDialog({ contexts, onClose, onCreated }: Props) {
  const { realm } = useFormContext()
  const queries = useQueryClient()
  const [name, setName] = useState('')
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
          It is made at once and chosen here. Write it with “Open script”.
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

/** Something that runs, so that the journey can be tried before the script is written. */
function firstLines(context: string): string {
  return context.includes('CONFIG') ? 'config = {};\n' : "action.goTo('true');\n"
}
