import { Button } from '@mantine/core'
import { signInUrl, signOut } from '../../api/own-session.ts'
import { Mark } from '../../design/mark.tsx'

/** Shown to people who are not agents, and for unknown realms. */
export function NoAccess({ realm, realmExists }: { realm: string; realmExists: boolean }) {
  const switchAccount = async () => {
    await signOut(realm)
    location.assign(signInUrl(realm, '/desk/'))
  }
  return (
    <main className="desk-door">
      <Mark state={{ kind: 'live', place: 2 }} />
      <h1>{realmExists ? 'The desk is for help desk agents' : 'Desk not found'}</h1>
      <p>
        {realmExists
          ? 'Your account does not have access. If you are an agent, ask an administrator for the role “helpdesk”.'
          : 'The realm in the address does not exist.'}
      </p>
      <Button onClick={switchAccount}>Sign in with another account</Button>
    </main>
  )
}
