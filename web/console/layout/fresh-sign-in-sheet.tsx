import { Button, Text } from '@mantine/core'
import { useCallback, useEffect, useState } from 'react'
import { onFreshSignInRequired } from '../../api/fresh-sign-in.ts'
import { freshSignInUrl } from '../../api/own-session.ts'
import { Sheet } from '../components/sheet.tsx'
import { onSignedIn, openSignIn } from '../components/sign-in-window.ts'

/** What waits for the person: how recent the sign-in must be, and who wants to know how it ended. */
type PendingPrompt = { minutes: number; resolvers: ((isBack: boolean) => void)[] }

/** Something needs a sign-in of the last minutes: it waits here and goes on by itself afterwards. */
export function FreshSignInSheet({ realm }: { realm: string }) {
  const [pending, setWaiting] = useState<PendingPrompt>()
  useEffect(
    () =>
      onFreshSignInRequired(
        (seconds) =>
          new Promise((settle) => {
            setWaiting((held) => ({
              minutes: Math.max(1, Math.round(seconds / 60)),
              resolvers: [...(held?.resolvers ?? []), settle],
            }))
          }),
      ),
    [],
  )
  if (pending === undefined) return null
  const end = (isBack: boolean) => {
    setWaiting(undefined)
    for (const settle of pending.resolvers) settle(isBack)
  }
  return <Prompt realm={realm} minutes={pending.minutes} onEnd={end} />
}

type AskingProps = { realm: string; minutes: number; onEnd(isBack: boolean): void }

function Prompt({ realm, minutes, onEnd }: AskingProps) {
  const [page, setPage] = useState<Window | null>(null)
  const retry = useCallback(() => onEnd(true), [onEnd])
  useEffect(() => onSignedIn(retry), [retry])
  return (
    <Sheet title="Sign in again to go on" closeOnClickOutside={false} onClose={() => onEnd(false)}>
      <Text>
        {`This needs a sign-in of the last ${minutes === 1 ? 'minute' : `${minutes} minutes`}, and yours is longer ago. Sign in as yourself: it goes on by itself.`}
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
