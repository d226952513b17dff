import { Button, Group, Modal, Text } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'

type Props = {
  /** Number of unsaved changes. */
  count: number
  /** @returns whether it was saved. */
  save(): Promise<boolean>
  /** Called before the changes are lost. */
  onLeave?(): void
}

/** Asks before leaving the page with unsaved changes. */
export function LeaveGuard({ count, save, onLeave }: Props) {
  const blocker = useBlocker({
    // Other search parameters and the hash are parts of the same page.
    shouldBlockFn: ({ current, next }) =>
      count > 0 && (current.pathname !== next.pathname || realmOf(current) !== realmOf(next)),
    enableBeforeUnload: () => count > 0,
    withResolver: true,
  })
  if (blocker.status !== 'blocked') return null
  const saveAndLeave = async () => {
    if (await save()) blocker.proceed()
    else blocker.reset()
  }
  return (
    <Modal opened onClose={blocker.reset} title="Leave without saving?">
      <Text>You have {count === 1 ? '1 unsaved change' : `${count} unsaved changes`}.</Text>
      <Group justify="flex-end" mt="lg">
        <Button
          variant="subtle"
          color="gray"
          onClick={() => {
            onLeave?.()
            blocker.proceed()
          }}
        >
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

function realmOf({ search }: { search: unknown }): unknown {
  return typeof search === 'object' && search !== null && 'realm' in search ? search.realm : undefined
}
