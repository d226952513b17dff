import { Title } from '@mantine/core'

export function RealmsPage() {
  return <Title order={1}>Realms</Title>
}
