import { Title } from '@mantine/core'

export function ScriptPage() {
  return <Title order={1}>Script</Title>
}
