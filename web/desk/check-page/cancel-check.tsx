import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import { cancelCheck } from '../../api/help-desk.ts'
import { ApiError, OfflineError } from '../../api/request.ts'
import { t } from '../../translate/translate.ts'
import { Translated } from '../../translate/translated.tsx'
import { useRealm } from '../navigation/navigation.ts'

/** Cancels a check after a confirmation, because the caller may be signing in. */
export function CancelCheck({ reference, name, label }: { reference: string; name: string; label?: string }) {
  const realm = useRealm()
  const [isAsking, setIsAsking] = useState(false)
  const [problem, setProblem] = useState('')
  const cancel = async () => {
    setProblem('')
    try {
      await cancelCheck(realm, reference)
      setIsAsking(false)
    } catch (error) {
      if (hasCheckEnded(error)) setIsAsking(false)
      else setProblem(reasonOf(error))
    }
  }
  return (
    <>
      <Button variant="outline" color="bad" onClick={() => setIsAsking(true)}>
        {label ?? t('Cancel check')}
      </Button>
      <Modal opened={isAsking} onClose={() => setIsAsking(false)} title={t('Cancel this check?')}>
        <p className="dialog-text wrap note below-4 muted">
          <Translated
            text="The link for {name} stops working immediately. The history keeps what has happened so far."
            values={{ name: <bdi>{name}</bdi> }}
          />
        </p>
        {problem !== '' && (
          <p className="dialog-text wrap text-note below-4 ink-bad" role="alert">
            {problem}
          </p>
        )}
        <div className="wrap justify-end gap-2">
          <Button variant="default" onClick={() => setIsAsking(false)} data-autofocus>
            {t('Keep it')}
          </Button>
          <Button color="bad" variant="outline" onClick={cancel}>
            {t('Cancel the check')}
          </Button>
        </div>
      </Modal>
    </>
  )
}

/** The page shows the end of the check by itself. */
function hasCheckEnded(error: unknown): boolean {
  return error instanceof ApiError && (error.code === 409 || error.code === 404)
}

function reasonOf(error: unknown): string {
  if (error instanceof OfflineError) return t('The server cannot be reached. The check may still be running.')
  if (error instanceof ApiError && error.code === 403) return t('Only its agent or a lead can cancel it.')
  return t('The check could not be cancelled.')
}
