import './link-card.css'
import { Button, Modal } from '@mantine/core'
import { IconMail, IconQrcode } from '@tabler/icons-react'
import { useState } from 'react'
import { type LinkMail, linkMail } from '../../check-model/check.ts'
import { shortTime } from '../../check-model/times.ts'
import { CopyField } from '../../design/copy-field.tsx'
import { QrTile } from '../../design/qr-tile.tsx'
import { useOffer } from '../layout/offer.ts'
import { useCopyKey } from './use-copy-key.ts'
import { useHeldLink } from './use-held-link.ts'
import { useSend } from './use-send.ts'
import type { Watched } from './use-watched.ts'

/** The ways to give the caller the link. */
export function LinkCard(watched: Watched) {
  const { check, reference, standing, called } = watched
  const link = useHeldLink(reference, check.link)
  const opened = check.entries.find(({ kind }) => kind === 'opened')
  const isCopied = useCopyKey(link)
  return (
    <section className="card link-card" aria-label="Link">
      <header>
        <h2>Link</h2>
        <span className="note">
          {opened === undefined
            ? `works until ${shortTime(check.expiresAt)}`
            : `opened at ${shortTime(opened.at)}`}
        </span>
      </header>
      <div className="body">
        {link === undefined && (
          <p className="note">
            The link was shown in the window that started this check. It can’t be shown again; send it by
            mail, or start again.
          </p>
        )}
        {link !== undefined && standing === 'created' && <QrTile text={link} label="QR code of the link" />}
        {link !== undefined && <CopyField text={link} label="Link" />}
        <div className="acts">
          {called.isOwn && <SendByMail {...watched} />}
          {link !== undefined && <LargeLink link={link} />}
        </div>
        <span className="spoken" role="status">
          {isCopied ? 'Link copied' : ''}
        </span>
      </div>
    </section>
  )
}

/** For a camera that is far away, or a caller who has it read out. */
function LargeLink({ link }: { link: string }) {
  const [isLarge, setIsLarge] = useState(false)
  return (
    <>
      <Button
        variant="subtle"
        leftSection={<IconQrcode size={16} stroke={1.75} aria-hidden />}
        onClick={() => setIsLarge(true)}
      >
        Show large
      </Button>
      <Modal opened={isLarge} onClose={() => setIsLarge(false)} title="Link for the caller" size="lg">
        <div className="large-link">
          <QrTile text={link} label="QR code of the link, large" />
          <p>{link}</p>
        </div>
      </Modal>
    </>
  )
}

/** To the address on file, and to no other. */
function SendByMail({ reference, check, person }: Watched) {
  const { canMail } = useOffer()
  const { send, isSending, trouble } = useSend(reference)
  const mail = linkMail(check)
  if (!canMail) {
    return (
      <p className="note about">
        This server has no mail server, so links can’t be mailed. Give the link another way.
      </p>
    )
  }
  return (
    <>
      <Button
        variant={mail === undefined ? 'filled' : 'default'}
        leftSection={<IconMail size={16} stroke={1.75} aria-hidden />}
        loading={isSending}
        onClick={send}
      >
        {mail === undefined ? 'Send by mail' : 'Send again'}
      </Button>
      <p className="note about" role="status">
        {trouble ?? (mail === undefined ? addressNote(person?.mail) : mailNote(mail))}
      </p>
    </>
  )
}

function addressNote(address = 'the address on file'): string {
  return `Mail goes to ${address}. You can’t change it here.`
}

function mailNote({ to = 'the address on file', at, state }: LinkMail): string {
  switch (state) {
    case 'queued':
      return `Queued for ${to} at ${shortTime(at)}. Not sent yet.`
    case 'delivered':
      return `Sent to ${to} at ${shortTime(at)}.`
    case 'failed':
      return `The mail to ${to} could not be sent. Give the link another way.`
  }
}
