import type { ChangedThing } from '../../api/last-change.ts'
import { download } from '../components/download.ts'
import { SignedOutSheet } from '../components/signed-out-sheet.tsx'
import type { Path } from './changes.ts'
import { ConflictSheet } from './conflict-sheet.tsx'
import { GoneSheet } from './gone-sheet.tsx'
import { LeaveGuard } from './leave-guard.tsx'
import type { Draft } from './use-draft.ts'

type Given = {
  draft: Draft
  realm: string
  thing: ChangedThing
  titleOf(path: Path): string
  /** What the document is called, and the file that it goes into. */
  name: string
}

/** What comes between a draft and its being saved, one at a time, and the question before somebody leaves. */
export function DraftSheets(given: Given) {
  const { draft } = given
  return (
    <>
      <Sheets {...given} />
      <LeaveGuard count={draft.changes.length} save={draft.save} />
    </>
  )
}

function Sheets({ draft, realm, thing, titleOf, name }: Given) {
  const { standing, changes, document, dismiss } = draft
  const onDownload = () => download(`${name}.json`, document)
  switch (standing.kind) {
    case 'signed-out':
      return <SignedOutSheet count={changes.length} onBack={dismiss} onDownload={onDownload} />
    case 'conflict':
      return (
        <ConflictSheet draft={draft} theirs={standing.theirs} realm={realm} thing={thing} titleOf={titleOf} />
      )
    case 'gone':
      return <GoneSheet name={name} onClose={dismiss} onDownload={onDownload} />
    default:
      return null
  }
}
