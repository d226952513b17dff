import { Button, Modal } from '@mantine/core'
import { signInUrl } from '../../api/own-session.ts'
import { ApiError } from '../../api/request.ts'
import { t } from '../../translate/translate.ts'
import { useLiveChecks } from '../checks/live-checks.ts'
import { useRealm } from '../navigation/navigation.ts'
import { useRecentChecks } from './queries.ts'

/** Whether the session has ended: the page then shows nothing of any caller. */
export function useIsSignedOut(): boolean {
  const recent = useRecentChecks()
  const isRefused = useLiveChecks((all) =>
    Object.values(all).some(({ status }) => status?.kind === 'refused' && status.code === 401),
  )
  return isRefused || (recent.error instanceof ApiError && recent.error.code === 401)
}

/** Asks the agent to sign in again after the session has ended. Checks continue without it. */
export function SignedOutDialog() {
  const realm = useRealm()
  const isSignedOut = useIsSignedOut()
  const signInAgain = () => location.assign(signInUrl(realm, location.pathname + location.search))
  return (
    <Modal
      opened={isSignedOut}
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      title={t('You are signed out')}
    >
      <p className="dialog-text">{t('Running checks continue. Sign in again to see them here.')}</p>
      <Button onClick={signInAgain} data-autofocus>
        {t('Sign in again')}
      </Button>
    </Modal>
  )
}
