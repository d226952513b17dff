import { Button, Text } from '@mantine/core'
import type { AuditedObject } from '../../api/last-change.ts'
import type { VersionedThing } from '../../api/versions.ts'
import { download } from '../../design/download.ts'
import { Sheet } from '../components/sheet.tsx'
import { SignedOutSheet } from '../components/signed-out-sheet.tsx'
import type { Path } from './changes.ts'
import { ConflictSheet } from './conflict-sheet.tsx'
import { LeaveGuard } from './leave-guard.tsx'
import type { Draft } from './use-draft.ts'

type Props = {
  draft: Draft
  realm: string
  changed: AuditedObject | VersionedThing
  titleOf(path: Path): string
  /** Name of the document, also used for the downloaded file. */
  name: string
}

/** Dialogs for failed saves, and the question before leaving with unsaved changes. */
export function DraftSheets(props: Props) {
  const { draft } = props
  return (
    <>
      <Sheets {...props} />
      <LeaveGuard count={draft.changes.length} save={draft.save} />
    </>
  )
}

function Sheets({ draft, realm, changed, titleOf, name }: Props) {
  const { saveState, changes, document, dismiss } = draft
  const onDownload = () => download(`${name}.json`, document)
  switch (saveState.kind) {
    case 'signed-out':
      return <SignedOutSheet count={changes.length} onBack={dismiss} onDownload={onDownload} />
    case 'conflict':
      return (
        <ConflictSheet
          draft={draft}
          theirs={saveState.theirs}
          realm={realm}
          changed={changed}
          titleOf={titleOf}
        />
      )
    case 'gone':
      return (
        <DeletedSheet name={name} onClose={dismiss} onDownload={onDownload} onRecreate={draft.recreate} />
      )
    default:
      return null
  }
}

type DeletedSheetProps = {
  name: string
  onClose(): void
  onDownload(): void
  onRecreate: Draft['recreate']
}

/** Shown when the edited document was deleted. */
function DeletedSheet({ name, onClose, onDownload, onRecreate }: DeletedSheetProps) {
  return (
    <Sheet title={<bdi>{`${name} was deleted`}</bdi>} onClose={onClose}>
      <Text>Someone deleted it while you had it open. Your version is safe in this window.</Text>
      <div className="sheet-acts">
        <Button variant="default" onClick={onDownload}>
          Download my version
        </Button>
        <Button variant={onRecreate === undefined ? 'filled' : 'default'} onClick={onClose}>
          Close
        </Button>
        {onRecreate !== undefined && <Button onClick={() => void onRecreate()}>Save again</Button>}
      </div>
    </Sheet>
  )
}
