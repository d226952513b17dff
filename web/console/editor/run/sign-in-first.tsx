import { Button } from '@mantine/core'
import { useCallback } from 'react'
import { RunClient } from './run-client.tsx'
import { type RunClientOptions, useRunClient } from './use-run-client.ts'

type Props = Pick<RunClientOptions, 'onSignedOut' | 'onHeard' | 'choices'> & {
  realm: string
  onSession(token: string): void
  onCancel(): void
}

/** Signs a person in for a run, by the default journey of the realm: nothing is bypassed, and the run's own client has the session. */
export function SignInFirst({ realm, onSession, onCancel, ...events }: Props) {
  const begin = useCallback(async () => ({ query: {} }), [])
  const client = useRunClient(realm, begin, { ...events, onSession })
  return (
    <div className="sign-in-first">
      <p className="fine">
        Sign in as the person who starts the journey, such as a help-desk agent. The session ends with this
        run.
      </p>
      <RunClient state={client.state} onAnswer={client.answer} onRetry={client.start} />
      <Button variant="subtle" color="gray" size="compact-md" onClick={onCancel}>
        Run without a session
      </Button>
    </div>
  )
}
