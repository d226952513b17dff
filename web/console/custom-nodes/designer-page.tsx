import { Title } from '@mantine/core'

export function DesignerPage() {
  return <Title order={1}>Custom node</Title>
}
