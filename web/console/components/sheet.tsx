import './sheet.css'
import { Modal, type ModalProps } from '@mantine/core'
import { useIsPhone } from './use-is-phone.ts'
import { useReturnFocus } from './use-return-focus.ts'

type Props = Pick<ModalProps, 'title' | 'children' | 'onClose'> &
  Partial<Pick<ModalProps, 'size' | 'closeOnClickOutside' | 'closeOnEscape' | 'withCloseButton'>>

/** A dialog; on phones it slides up from the bottom. It returns the focus when it closes. */
export function Sheet({ size = 'md', ...rest }: Props) {
  const isPhone = useIsPhone()
  useReturnFocus()
  return (
    <Modal
      opened
      size={size}
      fullScreen={false}
      centered={!isPhone}
      classNames={{ inner: isPhone ? 'sheet-below' : '' }}
      closeButtonProps={{ 'aria-label': 'Close' }}
      {...rest}
    />
  )
}
