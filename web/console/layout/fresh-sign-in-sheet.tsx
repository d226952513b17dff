import { Button, Text } from '@mantine/core'
import { useCallback, useEffect, useState } from 'react'
import { onFreshSignInRequired } from '../../api/fresh-sign-in.ts'
import { freshSignInUrl } from '../../api/own-session.ts'
import { onSignedIn, openSignIn } from '../../api/sign-in-window.ts'
import { Sheet } from '../components/sheet.tsx'

/** Requests waiting for a fresh sign-in, and the maximum age of the sign-in. */
type PendingPrompt = { minutes: number; resolvers: ((isBack: boolean) => void)[] }

/** Asks for a fresh sign-in when the server requires one, then resumes the waiting requests. */
export function FreshSignInSheet({ realm }: { realm: string }) {
  const [pending, setPending] = useState<PendingPrompt>()
  useEffect(
    () =>
      onFreshSignInRequired(
        (seconds) =>
          new Promise((resolve) => {
            setPending((current) => ({
              minutes: Math.max(1, Math.round(seconds / 60)),
              resolvers: [...(current?.resolvers ?? []), resolve],
            }))
          }),
      ),
    [],
  )
  if (pending === undefined) return null
  const end = (isBack: boolean) => {
    setPending(undefined)
    for (const resolve of pending.resolvers) resolve(isBack)
  }
  return <Prompt realm={realm} minutes={pending.minutes} onEnd={end} />
}

type PromptProps = { realm: string; minutes: number; onEnd(isBack: boolean): void }

function Prompt({ realm, minutes, onEnd }: PromptProps) {
  const [page, setPage] = useState<Window | null>(null)
  const retry = useCallback(() => onEnd(true), [onEnd])
  useEffect(() => onSignedIn(retry), [retry])
  return (
    <Sheet title="Sign in again to continue" closeOnClickOutside={false} onClose={() => onEnd(false)}>
      <Text>
        {`For security, this needs a sign-in within the last ${minutes === 1 ? 'minute' : `${minutes} minutes`}. Sign in with your own account, and your action continues automatically.`}
      </Text>
      <div className="sheet-acts">
        <Button
          className="aside"
          variant="subtle"
          color="gray"
          onClick={() => {
            page?.close()
            onEnd(false)
          }}
        >
          Cancel
        </Button>
        {page !== null && (
          <Button variant="default" onClick={retry}>
            I have signed in
          </Button>
        )}
        <Button
          onClick={() => setPage(openSignIn(freshSignInUrl(realm, '/console/journeys')))}
          data-autofocus
        >
          Sign in again
        </Button>
      </div>
    </Sheet>
  )
}
