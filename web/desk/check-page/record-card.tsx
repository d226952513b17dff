import './record-card.css'
import { Button } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { shortWords } from '../messages/words.ts'
import { noteOf, type Watched } from './use-watched.ts'

/** What is kept of a check that is over, ready for the ticket. */
export function RecordCard(watched: Watched) {
  const [isCopied, setIsCopied] = useState(false)
  const note = noteOf(watched, shortWords(watched.standing))
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
          {isCopied ? 'Copied' : 'Copy for the ticket'}
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
