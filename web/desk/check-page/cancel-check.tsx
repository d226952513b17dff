import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import { cancelCheck } from '../../api/help-desk.ts'
import { ApiError, OfflineError } from '../../api/request.ts'
import { useRealm } from '../navigation/navigation.ts'

/** Takes a check back, after a question: the caller may be in the middle of it. */
export function CancelCheck({ reference, name, label }: { reference: string; name: string; label?: string }) {
  const realm = useRealm()
  const [isAsking, setIsAsking] = useState(false)
  const [trouble, setTrouble] = useState('')
  const cancel = async () => {
    setTrouble('')
    try {
      await cancelCheck(realm, reference)
      setIsAsking(false)
    } catch (error) {
      if (hasEnded(error)) setIsAsking(false)
      else setTrouble(reasonOf(error))
    }
  }
  return (
    <>
      <Button variant="outline" color="bad" onClick={() => setIsAsking(true)}>
        {label ?? 'Cancel check'}
      </Button>
      <Modal opened={isAsking} onClose={() => setIsAsking(false)} title="Cancel this check?">
        <p className="dialog-text">
          The link for <bdi>{name}</bdi> stops working at once. What happened so far stays in the history.
        </p>
        {trouble !== '' && (
          <p className="dialog-text trouble" role="alert">
            {trouble}
          </p>
        )}
        <div className="dialog-acts">
          <Button variant="default" onClick={() => setIsAsking(false)} data-autofocus>
            Keep it
          </Button>
          <Button color="bad" variant="outline" onClick={cancel}>
            Cancel the check
          </Button>
        </div>
      </Modal>
    </>
  )
}

/** There is a result or an end already: the page shows it by itself. */
function hasEnded(error: unknown): boolean {
  return error instanceof ApiError && (error.code === 409 || error.code === 404)
}

function reasonOf(error: unknown): string {
  if (error instanceof OfflineError) return 'The server cannot be reached. The check may still be under way.'
  if (error instanceof ApiError && error.code === 403) return 'Only who started the check may cancel it.'
  return 'The check could not be cancelled.'
}
