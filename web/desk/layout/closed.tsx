import { Button } from '@mantine/core'
import { signInUrl, signOut } from '../../api/own-session.ts'
import { Mark } from '../../design/mark.tsx'

/** For somebody who is signed in and is no agent, and for a realm that is not there. */
export function Closed({ realm, isThere }: { realm: string; isThere: boolean }) {
  const change = async () => {
    await signOut(realm)
    location.assign(signInUrl(realm, '/desk/'))
  }
  return (
    <main className="desk-door">
      <Mark state={{ kind: 'live', place: 2 }} />
      <h1>{isThere ? 'The desk is for help desk agents' : 'There is no such desk'}</h1>
      <p>
        {isThere
          ? 'You are signed in, but not as an agent. If you should be one, ask whoever looks after your account for the role “helpdesk”.'
          : 'The address names a realm that is not there.'}
      </p>
      <Button onClick={change}>Sign in as somebody else</Button>
    </main>
  )
}
