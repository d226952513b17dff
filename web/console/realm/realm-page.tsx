import { Title } from '@mantine/core'

export function RealmPage() {
  return <Title order={1}>Realm</Title>
}
