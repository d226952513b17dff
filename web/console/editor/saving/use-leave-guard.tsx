import { Button, Group, Modal, Text } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useEditorStore } from '../editor-context.tsx'
import { saveNow } from './save-now.ts'
import { useChanges } from './use-changes.ts'

/** Nobody leaves with changes that are not saved without saying so. */
export function useLeaveGuard(): ReactNode {
  const store = useEditorStore()
  const { count } = useChanges()
  const blocker = useBlocker({
    shouldBlockFn: () => count > 0,
    enableBeforeUnload: () => count > 0,
    withResolver: true,
  })
  if (blocker.status !== 'blocked') return null
  const saveAndLeave = async () => {
    if (await saveNow(store)) blocker.proceed()
    else blocker.reset()
  }
  return (
    <Modal opened onClose={blocker.reset} title="Leave without saving?">
      <Text>{count === 1 ? '1 change is' : `${count} changes are`} not saved.</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="subtle" color="gray" onClick={blocker.proceed}>
          Leave without saving
        </Button>
        <Button variant="default" onClick={blocker.reset}>
          Stay
        </Button>
        <Button onClick={saveAndLeave}>Save and leave</Button>
      </Group>
    </Modal>
  )
}
