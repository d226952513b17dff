import { Button, Checkbox } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { CopyField } from '../../design/copy-field.tsx'
import { download } from '../../design/download.ts'
import { Sheet } from '../components/sheet.tsx'
import { frodoCommand, keyFileName } from './key-pair.ts'

type Made = { id: string; name: string; privateJwk: string }

type SheetProps = Made & { title: ReactNode; done: string; onClose(): void; onDone(): void }

/** Shows a newly made private key, and closes only when the key is saved: it can't be read again later. */
export function PrivateKeySheet({ title, done, onClose, onDone, ...made }: SheetProps) {
  const [isSaved, setSaved] = useState(false)
  return (
    <Sheet
      title={title}
      size="lg"
      onClose={onClose}
      closeOnClickOutside={false}
      closeOnEscape={isSaved}
      withCloseButton={isSaved}
    >
      <PrivateKey {...made} onDownload={() => setSaved(true)} />
      <Checkbox
        mt="md"
        label="I have saved the private key"
        checked={isSaved}
        onChange={({ currentTarget }) => setSaved(currentTarget.checked)}
      />
      <div className="sheet-acts">
        <Button variant="default" disabled={!isSaved} onClick={onDone}>
          {done}
        </Button>
      </div>
    </Sheet>
  )
}

function PrivateKey({ id, name, privateJwk, onDownload }: Made & { onDownload(): void }) {
  const save = () => {
    download(keyFileName(name), `${privateJwk}\n`)
    onDownload()
  }
  return (
    <div className="private-key stack gap-3">
      <p tabIndex={-1} data-autofocus>
        The private key was made in this browser and is not stored anywhere. Download or copy it now. You
        won’t see it again.
      </p>
      <Button leftSection={<IconDownload size={16} aria-hidden />} onClick={save}>
        Download private key
      </Button>
      <CopyField text={privateJwk} label="Private key as JWK" />
      <p>
        A program with the key can do what the scopes allow. To use it with frodo, run this beside the file:
      </p>
      <CopyField text={frodoCommand(id, name, location.origin)} label="Command for frodo" />
    </div>
  )
}
