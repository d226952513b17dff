import { Button } from '@mantine/core'
import { signInUrl, signOut } from '../../api/own-session.ts'
import { Mark } from '../../design/mark.tsx'
import { t } from '../../translate/translate.ts'

/** Shown to people who are not agents, and for unknown realms. */
export function NoAccess({ realm, realmExists }: { realm: string; realmExists: boolean }) {
  const switchAccount = async () => {
    await signOut(realm)
    location.assign(signInUrl(realm, '/desk/'))
  }
  return (
    <main className="desk-door">
      <Mark state={{ kind: 'live', place: 2 }} />
      <h1>{realmExists ? t('The desk is for help desk agents') : t('Desk not found')}</h1>
      <p>
        {realmExists
          ? t(
              'Your account does not have access. If you are an agent, ask an administrator for the role “agent”.',
            )
          : t('The realm in the address does not exist.')}
      </p>
      <Button onClick={switchAccount}>{t('Sign in with another account')}</Button>
    </main>
  )
}
