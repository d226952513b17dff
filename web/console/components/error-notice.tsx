import './notices.css'
import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { isSignedOut } from '../../api/own-session.ts'
import { ApiError, OfflineError } from '../../api/request.ts'
import { useSignInAgain } from './use-sign-in-again.ts'

type Props = { title: string; error: Error; onRetry?: () => void }

/** Something could not be read or done: what, why, and the way to try once more. */
export function ErrorNotice({ title, error, onRetry }: Props) {
  return (
    <section className="trouble" role="alert">
      <IconAlertTriangle size={18} stroke={1.75} aria-hidden />
      <div>
        <strong>{title}</strong>
        <p>{errorMessage(error)}</p>
      </div>
      {isSignedOut(error) ? (
        <SignInAgain error={error} onBack={onRetry} />
      ) : (
        onRetry !== undefined && (
          <Button variant="default" onClick={onRetry}>
            Try now
          </Button>
        )
      )}
    </section>
  )
}

/** In place: what stands on the page is not lost by it. */
function SignInAgain({ error, onBack }: { error: Error; onBack: (() => void) | undefined }) {
  const [settled, setSettled] = useState<Error>()
  const signIn = useSignInAgain(() => {
    setSettled(error)
    onBack?.()
  })
  if (settled === error) return <p role="status">You are signed in again.</p>
  return (
    <>
      {signIn.isStillSignedOut && <p role="status">Nobody is signed in yet.</p>}
      {signIn.isOpen && (
        <Button variant="default" onClick={signIn.check}>
          Try again
        </Button>
      )}
      <Button variant="default" onClick={signIn.open}>
        Sign in again
      </Button>
    </>
  )
}

/** A sentence for a person. */
export function errorMessage(error: Error): string {
  if (error instanceof OfflineError) return 'The server cannot be reached. Is it running, and are you online?'
  if (error instanceof ApiError && error.code === 401) return 'Your session ended.'
  if (isSignedOut(error)) return 'Your session does not allow this.'
  if (error instanceof ApiError) return error.message
  return 'The answer of the server was not understood.'
}
