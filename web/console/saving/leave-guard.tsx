import { Button, Group, Modal, Text } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'

type Props = {
  /** How many changes are not saved. */
  count: number
  /** @returns whether it is saved. */
  save(): Promise<boolean>
}

/** Nobody leaves with changes that are not saved without saying so. */
export function LeaveGuard({ count, save }: Props) {
  const blocker = useBlocker({
    // What stands behind `?` and `#` beside the realm is another part of the same page.
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

function realmOf({ search }: { search: unknown }): unknown {
  return typeof search === 'object' && search !== null && 'realm' in search ? search.realm : undefined
}
