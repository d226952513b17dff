import { Text } from '@mantine/core'
import { CopyField } from '../../design/copy-field.tsx'

/** A generated password. It can't be read again later. */
export function TemporaryPassword({ password }: { password: string }) {
  return (
    <>
      <CopyField text={password} label="Temporary password" />
      <Text size="sm" c="dimmed" mt="sm">
        Copy it now. You won’t see it again. The person has to change it at the next sign-in.
      </Text>
    </>
  )
}
