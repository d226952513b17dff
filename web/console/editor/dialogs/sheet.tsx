import './sheet.css'
import { Modal, type ModalProps } from '@mantine/core'
import { useEditorStore } from '../editor-context.tsx'
import { useIsPhone } from '../use-is-phone.ts'

type Given = Pick<
  ModalProps,
  'title' | 'children' | 'size' | 'onClose' | 'closeOnClickOutside' | 'withCloseButton'
>

/** A dialog of the editor; on a phone it comes up from below. Closed, it gives the focus back. */
export function Sheet({ size = 'md', onClose, ...rest }: Partial<Given>) {
  const store = useEditorStore()
  const isPhone = useIsPhone()
  return (
    <Modal
      opened
      onClose={onClose ?? store.getState().close}
      size={size}
      fullScreen={false}
      centered={!isPhone}
      classNames={{ inner: isPhone ? 'sheet-below' : '' }}
      closeButtonProps={{ 'aria-label': 'Close' }}
      {...rest}
    />
  )
}
