import { Title } from '@mantine/core'

export function JourneysPage() {
  return <Title order={1}>Journeys</Title>
}
