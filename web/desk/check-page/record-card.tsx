import './record-card.css'
import { Button } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { shortStatus } from '../messages/check-messages.ts'
import { type CheckView, ticketNote } from './use-check.ts'

/** The record of an ended check, ready to paste into a ticket. */
export function RecordCard(view: CheckView) {
  const [isCopied, setIsCopied] = useState(false)
  const note = ticketNote(view, shortStatus(view.standing))
  const copy = async () => {
    await navigator.clipboard.writeText(note.map(([name, text]) => `${name}: ${text}`).join('\n'))
    setIsCopied(true)
  }
  return (
    <section className="card record-card" aria-label="Record">
      <header>
        <h2>Record</h2>
        <Button
          variant="subtle"
          size="xs"
          leftSection={<IconCopy size={16} stroke={1.75} aria-hidden />}
          onClick={copy}
        >
          {isCopied ? 'Copied' : 'Copy for ticket'}
        </Button>
      </header>
      <dl>
        {note.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{text}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
