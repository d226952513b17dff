import './notices.css'
import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { isSignedOut } from '../../api/own-session.ts'
import { ApiError, OfflineError } from '../../api/request.ts'
import { useSignInAgain } from './use-sign-in-again.ts'

type Props = { title: string; error: Error; onRetry?: () => void; retryLabel?: string }

/** An error with its reason, and a button to retry or to sign in again. */
export function ErrorNotice({ title, error, onRetry, retryLabel = 'Try again' }: Props) {
  return (
    <section className="trouble callout bad row wrap gap-3 pad-3 text-note" role="alert">
      <IconAlertTriangle size={18} stroke={1.75} aria-hidden />
      <div className="flexible">
        <strong>{title}</strong>
        <p>{errorMessage(error)}</p>
      </div>
      {isSignedOut(error) ? (
        <SignInAgain error={error} onBack={onRetry} />
      ) : (
        onRetry !== undefined && (
          <Button variant="default" onClick={onRetry}>
            {retryLabel}
          </Button>
        )
      )}
    </section>
  )
}

/** Signs in again without leaving the page, so that its content is kept. */
function SignInAgain({ error, onBack }: { error: Error; onBack: (() => void) | undefined }) {
  const [settled, setSettled] = useState<Error>()
  const signIn = useSignInAgain(() => {
    setSettled(error)
    onBack?.()
  })
  if (settled === error) return <p role="status">You are signed in again.</p>
  return (
    <>
      {signIn.isStillSignedOut && <p role="status">You are not signed in yet.</p>}
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

/** The reason as a sentence for the page. */
export function errorMessage(error: Error): string {
  if (error instanceof OfflineError)
    return 'The server cannot be reached. Check your connection and whether it is running.'
  if (error instanceof ApiError && error.code === 401) return 'Your session ended.'
  if (isSignedOut(error)) return 'You don’t have permission to do this.'
  if (error instanceof ApiError) return error.message
  return 'The server sent an unexpected response.'
}
