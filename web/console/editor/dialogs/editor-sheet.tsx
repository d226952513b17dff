import type { ComponentProps } from 'react'
import { Sheet as FrameSheet } from '../../components/sheet.tsx'
import { useEditorStore } from '../editor-context.tsx'

/** A dialog of the editor. */
export function EditorSheet({ onClose, ...rest }: Partial<ComponentProps<typeof FrameSheet>>) {
  const store = useEditorStore()
  return <FrameSheet title="" onClose={onClose ?? store.getState().closeDialog} {...rest} />
}
