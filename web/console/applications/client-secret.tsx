import { Text } from '@mantine/core'
import { CopyField } from '../../design/copy-field.tsx'

/** A newly created secret. It can't be read again later. */
export function ClientSecret({ secret }: { secret: string }) {
  return (
    <>
      <CopyField text={secret} label="Client secret" />
      <Text size="sm" c="dimmed" mt="sm">
        Copy the client secret now. You won’t see it again.
      </Text>
    </>
  )
}
