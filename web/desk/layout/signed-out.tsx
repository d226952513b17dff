import { Button, Modal } from '@mantine/core'
import { signInUrl } from '../../api/own-session.ts'
import { ApiError } from '../../api/request.ts'
import { useLiveChecks } from '../live/live-checks.ts'
import { useRealm } from '../navigation/navigation.ts'
import { useRecent } from './offer.ts'

/** The session ended while the desk was open. The checks go on; this window finds them again. */
export function SignedOut() {
  const realm = useRealm()
  const recent = useRecent()
  const isRefused = useLiveChecks((all) =>
    Object.values(all).some(({ line }) => line?.kind === 'refused' && line.code === 401),
  )
  const isOut = isRefused || (recent.error instanceof ApiError && recent.error.code === 401)
  const again = () => location.assign(signInUrl(realm, location.pathname + location.search))
  return (
    <Modal
      opened={isOut}
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      title="You are signed out"
    >
      <p className="dialog-text">
        Checks that are under way go on. Sign in again, and this window shows them as before.
      </p>
      <Button onClick={again} data-autofocus>
        Sign in again
      </Button>
    </Modal>
  )
}
