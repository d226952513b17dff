import type { ChangedThing } from '../../api/last-change.ts'
import { download } from '../components/download.ts'
import { SignedOutSheet } from '../components/signed-out-sheet.tsx'
import type { Path } from './changes.ts'
import { ConflictSheet } from './conflict-sheet.tsx'
import { GoneSheet } from './gone-sheet.tsx'
import { LeaveGuard } from './leave-guard.tsx'
import type { Draft } from './use-draft.ts'

type Props = {
  draft: Draft
  realm: string
  changed: ChangedThing
  titleOf(path: Path): string
  /** What the document is called, and the file that it goes into. */
  name: string
}

/** What comes between a draft and its being saved, one at a time, and the question before somebody leaves. */
export function DraftSheets(given: Props) {
  const { draft } = given
  return (
    <>
      <Sheets {...given} />
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
      return <GoneSheet name={name} onClose={dismiss} onDownload={onDownload} />
    default:
      return null
  }
}
