import { Title } from '@mantine/core'

export function CustomNodesPage() {
  return <Title order={1}>Custom nodes</Title>
}
