import { Button, Modal } from '@mantine/core'
import { useCallback, useEffect, useState } from 'react'
import { onFreshSignInRequired } from '../../api/fresh-sign-in.ts'
import { freshSignInUrl } from '../../api/own-session.ts'
import { onSignedIn, openSignIn } from '../../api/sign-in-window.ts'
import { t } from '../../translate/translate.ts'
import { useRealm } from '../navigation/navigation.ts'
import { routeUrl } from '../navigation/route.ts'

/** Asks for a fresh sign-in in a window of its own when the server requires one, and then repeats the request. */
export function FreshSignInDialog() {
  const [resolve, setResolve] = useState<(isBack: boolean) => void>()
  useEffect(() => onFreshSignInRequired(() => new Promise((end) => setResolve(() => end))), [])
  if (resolve === undefined) return null
  const onEnd = (isBack: boolean) => {
    setResolve(undefined)
    resolve(isBack)
  }
  return <Prompt onEnd={onEnd} />
}

function Prompt({ onEnd }: { onEnd(isBack: boolean): void }) {
  const realm = useRealm()
  const retry = useCallback(() => onEnd(true), [onEnd])
  useEffect(() => onSignedIn(retry), [retry])
  const signIn = () => openSignIn(freshSignInUrl(realm, routeUrl({ page: 'checks' }, realm)))
  return (
    <Modal opened onClose={() => onEnd(false)} closeOnClickOutside={false} title={t('Sign in again')}>
      <p className="dialog-text below-4 muted">
        {t(
          'This makes sure that nobody else acts at your desk. Sign in with your own account, and the page goes on.',
        )}
      </p>
      <div className="wrap justify-end gap-2">
        <Button variant="default" onClick={() => onEnd(false)}>
          {t('Cancel')}
        </Button>
        <Button onClick={signIn} data-autofocus>
          {t('Sign in again')}
        </Button>
      </div>
    </Modal>
  )
}
