import { useQueryClient } from '@tanstack/react-query'
import { readWorkingCopy } from '../../../api/journey-drafts.ts'
import { HistorySheet } from '../../history/history-sheet.tsx'
import { useEditor, useEditorStore } from '../editor-context.tsx'
import { useChanges } from '../saving/use-changes.ts'

/** The versions of the journey in the editor. */
export function HistoryDialog() {
  const store = useEditorStore()
  const realm = useEditor(({ realm }) => realm)
  const name = useEditor(({ name }) => name)
  const { count } = useChanges()
  const isDraft = useEditor(({ saved }) => saved.revision !== undefined)
  const queries = useQueryClient()
  const showRestored = async () => {
    store.getState().applyRestored(await readWorkingCopy(realm, name))
    await queries.invalidateQueries({ queryKey: ['journeys', realm], refetchType: 'none' })
  }
  return (
    <HistorySheet
      realm={realm}
      thing={{ kind: 'journey', id: name }}
      name={name}
      unsaved={isDraft ? 'draft' : count > 0 ? 'undoable' : undefined}
      onRestored={showRestored}
      onClose={() => store.getState().closeDialog()}
    />
  )
}
