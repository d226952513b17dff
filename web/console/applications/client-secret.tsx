import { Text } from '@mantine/core'
import { CopyField } from '../../design/copy-field.tsx'

/** A secret that was made just now. The server never tells it again. */
export function ClientSecret({ secret }: { secret: string }) {
  return (
    <>
      <CopyField text={secret} label="Client secret" />
      <Text size="sm" c="dimmed" mt="sm">
        It is shown this once. Give it to the application now.
      </Text>
    </>
  )
}
