import { Button, Text } from '@mantine/core'
import { Sheet } from './sheet.tsx'
import { useSignInAgain } from './use-sign-in-again.ts'

type Props = {
  /** Number of unsaved changes. */
  count: number
  onBack(): void
  /** Downloads the changes as a file, in case signing in fails. */
  onDownload(): void
}

/** Shown when the session ends during an edit. The work is kept and can be saved after signing in again. */
export function SignedOutSheet({ count, onBack, onDownload }: Props) {
  const signIn = useSignInAgain(onBack)
  return (
    <Sheet title="You were signed out" closeOnClickOutside={false} withCloseButton={false} onClose={() => {}}>
      <Text>
        Your session ended.{' '}
        {count === 0
          ? 'Sign in again to continue where you left off.'
          : `Your ${count === 1 ? 'change is' : `${count} changes are`} safe in this window. Sign in again to continue where you left off.`}
      </Text>
      {signIn.isStillSignedOut && (
        <Text role="status" size="sm" mt="sm">
          You are not signed in yet.
        </Text>
      )}
      <div className="sheet-acts">
        <Button className="aside" variant="subtle" color="gray" onClick={onDownload}>
          Download my changes
        </Button>
        {signIn.isOpen && (
          <Button variant="default" onClick={signIn.check}>
            Try again
          </Button>
        )}
        <Button onClick={signIn.open} data-autofocus>
          Sign in again
        </Button>
      </div>
    </Sheet>
  )
}
