import './notices.css'
import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { OfflineError, WireError } from '../../wire/request.ts'

/** Something could not be read or done: what, why, and the way to try once more. */
export function Trouble({ what, error, onRetry }: { what: string; error: Error; onRetry?: () => void }) {
  return (
    <section className="trouble" role="alert">
      <IconAlertTriangle size={18} stroke={1.75} aria-hidden />
      <div>
        <strong>{what}</strong>
        <p>{reasonOf(error)}</p>
      </div>
      {onRetry !== undefined && (
        <Button variant="default" onClick={onRetry}>
          Try now
        </Button>
      )}
    </section>
  )
}

/** A sentence for a person. */
export function reasonOf(error: Error): string {
  if (error instanceof OfflineError) return 'The server cannot be reached. Is it running, and are you online?'
  if (error instanceof WireError && error.code === 403) return 'Your session does not allow this.'
  if (error instanceof WireError) return error.message
  return 'The answer of the server was not understood.'
}
