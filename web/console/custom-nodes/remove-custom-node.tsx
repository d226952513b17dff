import { Button, Group, Modal } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type CustomNode, listJourneysUsing, removeCustomNode } from '../../api/custom-nodes.ts'
import { ApiError } from '../../api/request.ts'
import { ErrorNotice } from '../components/error-notice.tsx'

/** Asks before deleting a node type. Journeys that use it prevent that. */
export function RemoveCustomNode({
  node,
  onClose,
  onRemoved,
}: {
  node: CustomNode
  onClose(): void
  onRemoved(): void
}) {
  const usage = useQuery({
    queryKey: ['custom-node-usage', node._id],
    queryFn: ({ signal }) => listJourneysUsing(node._id, signal),
  })
  const removal = useMutation({
    mutationFn: () => removeCustomNode(node),
    onSuccess() {
      onRemoved()
      onClose()
    },
    onError(error) {
      if (error instanceof ApiError && [404, 412].includes(error.code)) onRemoved()
    },
  })
  const users = usage.data ?? []
  return (
    <Modal opened onClose={onClose} title={<bdi>{node.displayName}</bdi>}>
      {removal.error !== null && <ErrorNotice title="The node type was not deleted" error={removal.error} />}
      {users.length > 0 ? (
        <>
          <p>These journeys contain nodes of this type. Remove those nodes first:</p>
          <ul>
            {users.map(({ realm, journey }) => (
              <li key={realm + journey}>
                <bdi>{journey}</bdi> ({realm})
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p>No journey uses it. It can be restored under “History”.</p>
      )}
      <Group justify="end" mt="md">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          color="bad"
          loading={removal.isPending}
          disabled={users.length > 0 || usage.isPending}
          onClick={() => removal.mutate()}
        >
          Delete node type
        </Button>
      </Group>
    </Modal>
  )
}
