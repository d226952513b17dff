import type { ComponentProps } from 'react'
import { Sheet as FrameSheet } from '../../components/sheet.tsx'
import { useEditorStore } from '../editor-context.tsx'

export function EditorSheet({ onClose, ...rest }: Partial<ComponentProps<typeof FrameSheet>>) {
  const store = useEditorStore()
  return <FrameSheet title="" onClose={onClose ?? store.getState().closeDialog} {...rest} />
}
