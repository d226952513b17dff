import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { saveDraft } from '../../../api/journey-drafts.ts'
import { errorMessage } from '../../components/error-notice.tsx'
import { useEditor, useEditorStore } from '../editor-context.tsx'
import { copyJourney } from '../model/copy-journey.ts'

/** Saves my version as the draft of a new journey, and leaves the stored one unchanged. */
export function SaveAsCopy() {
  const store = useEditorStore()
  const realm = useEditor(({ realm }) => realm)
  const navigate = useNavigate()
  const [error, setError] = useState<string>()
  const save = async () => {
    const { history, name, closeDialog } = store.getState()
    const copy = copyJourney(
      history.present,
      `${name} copy ${new Date().toISOString().slice(0, 16).replace('T', ' ')}`,
      () => crypto.randomUUID(),
    )
    try {
      await saveDraft(realm, copy, { revision: undefined, base: null })
    } catch (cause) {
      setError(cause instanceof Error ? errorMessage(cause) : 'It could not be saved.')
      return
    }
    closeDialog()
    await navigate({
      to: '/journeys/$name',
      params: { name: copy.tree._id },
      search: { realm },
      ignoreBlocker: true,
    })
  }
  return (
    <>
      {error !== undefined && <p role="alert">{error}</p>}
      <Button className="aside" variant="subtle" color="gray" onClick={save}>
        Save mine as a copy
      </Button>
    </>
  )
}
