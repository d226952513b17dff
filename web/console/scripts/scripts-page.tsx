import { Title } from '@mantine/core'

export function ScriptsPage() {
  return <Title order={1}>Scripts</Title>
}
