import { Button, Text } from '@mantine/core'
import { Sheet } from '../components/sheet.tsx'

type Props = { name: string; onClose(): void; onDownload(): void }

/** Somebody deleted meanwhile what is edited here. */
export function GoneSheet({ name, onClose, onDownload }: Props) {
  return (
    <Sheet title={<bdi>{`${name} is not there any more`}</bdi>} onClose={onClose}>
      <Text>Somebody deleted it while you had it open. What you have is safe in this window.</Text>
      <div className="sheet-acts">
        <Button variant="default" onClick={onDownload}>
          Download it
        </Button>
        <Button onClick={onClose}>Close</Button>
      </div>
    </Sheet>
  )
}
