import './link-card.css'
import { Button, Modal } from '@mantine/core'
import { IconMail, IconQrcode } from '@tabler/icons-react'
import { useState } from 'react'
import { type LinkMail, linkMail } from '../../check-model/check.ts'
import { shortTime } from '../../check-model/times.ts'
import { CopyField } from '../../design/copy-field.tsx'
import { QrTile } from '../../design/qr-tile.tsx'
import { useHelpDesk } from '../layout/queries.ts'
import type { CheckView } from './use-check.ts'
import { useCopyKey } from './use-copy-key.ts'
import { useSendLink } from './use-send-link.ts'

/** The link, and ways to share it with the caller. */
export function LinkCard(view: CheckView) {
  const { check, journey, standing, details } = view
  // After a reload only this window has the link.
  const link = check.link ?? journey?.link
  const opened = check.events.find(({ kind }) => kind === 'opened')
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
            Only the window that started this check can show the link. Send it by email, or start again.
          </p>
        )}
        {link !== undefined && standing === 'created' && <QrTile text={link} label="QR code of the link" />}
        {link !== undefined && <CopyField text={link} label="Link" />}
        <div className="acts">
          {details.isOwn && <SendByEmail {...view} />}
          {link !== undefined && <LargeLink link={link} />}
        </div>
        <span className="spoken" role="status">
          {isCopied ? 'Link copied' : ''}
        </span>
      </div>
    </section>
  )
}

/** For a camera at a distance, or for reading the link aloud. */
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

/** Emails go only to the address on file. */
function SendByEmail({ reference, check, person }: CheckView) {
  const { canMail } = useHelpDesk()
  const { send, isSending, problem } = useSendLink(reference)
  const email = linkMail(check)
  if (!canMail) {
    return <p className="note about">This server is not set up to send email. Share the link another way.</p>
  }
  return (
    <>
      <Button
        variant={email === undefined ? 'filled' : 'default'}
        leftSection={<IconMail size={16} stroke={1.75} aria-hidden />}
        loading={isSending}
        onClick={send}
      >
        {email === undefined ? 'Send by email' : 'Send again'}
      </Button>
      <p className="note about" role="status">
        {problem ?? (email === undefined ? addressNote(person?.mail) : emailNote(email))}
      </p>
    </>
  )
}

function addressNote(address = 'the address on file'): string {
  return `Goes to ${address}. You can’t change the address here.`
}

function emailNote({ to = 'the address on file', at, state }: LinkMail): string {
  switch (state) {
    case 'queued':
      return `Queued for ${to} at ${shortTime(at)}. Not sent yet.`
    case 'delivered':
      return `Sent to ${to} at ${shortTime(at)}.`
    case 'failed':
      return `The email to ${to} could not be sent. Share the link another way.`
  }
}
