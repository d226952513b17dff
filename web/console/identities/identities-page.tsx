import { Title } from '@mantine/core'

export function IdentitiesPage() {
  return <Title order={1}>Identities</Title>
}
