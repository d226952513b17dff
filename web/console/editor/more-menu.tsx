import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useIsPhone } from '../components/use-is-phone.ts'
import { useEditor, useEditorStore } from './editor-context.tsx'
import { downloadDraft } from './saving/download-draft.ts'

/** What is done with a journey less often. */
export function MoreMenu() {
  const store = useEditorStore()
  const isPhone = useIsPhone()
  const canUndo = useEditor(({ history }) => history.past.length > 0)
  const canRedo = useEditor(({ history }) => history.future.length > 0)
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label="More">
          <IconDots size={18} stroke={1.75} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {isPhone && (
          <>
            <Menu.Item disabled={!canUndo} onClick={() => store.getState().undo()}>
              Undo
            </Menu.Item>
            <Menu.Item disabled={!canRedo} onClick={() => store.getState().redo()}>
              Redo
            </Menu.Item>
          </>
        )}
        <Menu.Item onClick={() => store.getState().select([])}>Journey settings</Menu.Item>
        <Menu.Item onClick={() => store.getState().tidyUp()}>Tidy up</Menu.Item>
        <Menu.Item onClick={() => downloadDraft(store)}>Download as JSON</Menu.Item>
        <Menu.Item onClick={() => store.getState().open({ kind: 'keys' })}>All keys</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
