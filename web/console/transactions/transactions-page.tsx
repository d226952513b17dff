import { Title } from '@mantine/core'

export function TransactionsPage() {
  return <Title order={1}>Transactions</Title>
}
