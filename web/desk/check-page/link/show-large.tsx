import { Button, Modal } from '@mantine/core'
import { IconQrcode } from '@tabler/icons-react'
import { useState } from 'react'
import { QrTile } from '../../../design/qr-tile.tsx'
import { t } from '../../../translate/translate.ts'

/** Shows the link as a large QR code, for callers who stand at the desk. */
export function ShowLarge({ link }: { link: string }) {
  const [isLarge, setIsLarge] = useState(false)
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconQrcode size={16} stroke={1.75} aria-hidden />}
        onClick={() => setIsLarge(true)}
      >
        {t('QR code')}
      </Button>
      <Modal opened={isLarge} onClose={() => setIsLarge(false)} title={t('Link for the caller')} size="lg">
        <div className="large-link">
          <QrTile text={link} label={t('QR code of the link')} />
          <p dir="ltr">{link}</p>
        </div>
      </Modal>
    </>
  )
}
