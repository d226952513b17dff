import { Button, Text } from '@mantine/core'
import { Sheet } from './sheet.tsx'
import { useSignInAgain } from './use-sign-in-again.ts'

type Props = {
  /** How many changes wait here to be saved. */
  count: number
  /** Somebody is signed in again. */
  onBack(): void
  /** Hands the changes over as a file, whatever happens to this window. */
  onDownload(): void
}

/** The session ended during an edit: the work stays below, and goes on where it was. */
export function SignedOutSheet({ count, onBack, onDownload }: Props) {
  const signIn = useSignInAgain(onBack)
  return (
    <Sheet title="You were signed out" closeOnClickOutside={false} withCloseButton={false} onClose={() => {}}>
      <Text>
        Your session ended.{' '}
        {count === 0
          ? 'Sign in again and go on where you were.'
          : `Your ${count === 1 ? 'change is' : `${count} changes are`} safe in this window: sign in again and go on where you were.`}
      </Text>
      {signIn.isStillSignedOut && (
        <Text role="status" size="sm" mt="sm">
          Nobody is signed in yet.
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
