import { Text } from '@mantine/core'
import { CopyField } from '../../design/copy-field.tsx'

/** A password that the server made up. Nobody can look it up again. */
export function TemporaryPassword({ password }: { password: string }) {
  return (
    <>
      <CopyField text={password} label="Temporary password" />
      <Text size="sm" c="dimmed" mt="sm">
        It is shown this once. It has to be changed at the next sign-in.
      </Text>
    </>
  )
}
