import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { CopyField } from '../../design/copy-field.tsx'
import { download } from '../../design/download.ts'
import { frodoCommand, keyFileName } from './key-pair.ts'

type Props = { id: string; name: string; privateJwk: string }

/** A newly made private key. It can't be read again later. */
export function PrivateKey({ id, name, privateJwk }: Props) {
  return (
    <div className="private-key">
      <p tabIndex={-1} data-autofocus>
        The private key was made in this browser and is not stored anywhere. Download or copy it now. You
        won’t see it again.
      </p>
      <Button
        leftSection={<IconDownload size={16} aria-hidden />}
        onClick={() => download(keyFileName(name), `${privateJwk}\n`)}
      >
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
