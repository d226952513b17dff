import { TagsInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { download } from '../../design/download.ts'
import { ErrorNotice } from '../components/error-notice.tsx'
import { LoadState } from '../components/load-state.tsx'
import { realmName } from '../components/realm-name.ts'
import { Sheet } from '../components/sheet.tsx'
import { SignedOutSheet } from '../components/signed-out-sheet.tsx'
import { type Path, pathKey } from '../saving/changes.ts'
import { ConflictSheet } from '../saving/conflict-sheet.tsx'
import { FormSheet } from '../saving/form-sheet.tsx'
import type { StoredDocument } from '../saving/stored-document.ts'
import { type Draft, type SaveState, useDraft } from '../saving/use-draft.ts'
import type { RealmDialogProps } from './realm-action.ts'
import { readNames, saveNames, textsIn } from './realm-names.ts'

/** Edits the aliases and hosts of a realm. */
export function EditRealm(props: RealmDialogProps) {
  const { entry, onClose } = props
  const names = useQuery({
    queryKey: ['realm-names', entry.path],
    queryFn: () => readNames(entry.path),
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  if (names.data !== undefined) return <Names {...props} stored={names.data} />
  return (
    <Sheet title={<bdi>{realmName(entry.path)}</bdi>} onClose={onClose}>
      <LoadState query={names} of="realm" rows={2} />
    </Sheet>
  )
}

const titles: Readonly<Record<string, string>> = { aliases: 'Aliases', allowedHosts: 'Hosts' }
const titleOf = (path: Path) => titles[pathKey(path)] ?? pathKey(path)

function Names({ entry, onClose, onDone, stored }: RealmDialogProps & { stored: StoredDocument }) {
  const { path } = entry
  const onSaved = () => {
    onDone(`Aliases and hosts of ${realmName(path)} saved.`)
    onClose()
  }
  const draft = useDraft(stored, { read: () => readNames(path), save: saveNames(path) })
  const { document, changes, saveState } = draft
  if (saveState.kind === 'conflict') {
    const thing = { event: 'AM-CONFIG-CHANGE', kind: 'realm', id: path } as const
    return (
      <ConflictSheet draft={draft} theirs={saveState.theirs} realm="/" changed={thing} titleOf={titleOf} />
    )
  }
  if (saveState.kind === 'signed-out') {
    return (
      <SignedOutSheet
        count={changes.length}
        onBack={draft.dismiss}
        onDownload={() => download(`${realmName(path)}.json`, document)}
      />
    )
  }
  const save = async () => {
    if (await draft.save()) onSaved()
  }
  return (
    <FormSheet
      title={<bdi>{realmName(path)}</bdi>}
      submitLabel={saveState.kind === 'offline' ? 'Try again' : 'Save'}
      isChanged={changes.length > 0}
      isPending={saveState.kind === 'saving'}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <SaveError standing={saveState} />
      <NameFields draft={draft} />
    </FormSheet>
  )
}

function NameFields({ draft: { document, set } }: { draft: Draft }) {
  return (
    <>
      <TagsInput
        data-autofocus
        label="Aliases"
        description="Other names for the realm, in URLs and in ?realm=."
        acceptValueOnBlur
        dropdownOpened={false}
        value={textsIn(document.aliases)}
        onChange={(texts) => set(['aliases'], texts)}
      />
      <TagsInput
        label="Hosts"
        description="Additional hosts of this realm, as host or host:port."
        acceptValueOnBlur
        dropdownOpened={false}
        value={textsIn(document.allowedHosts)}
        onChange={(texts) => set(['allowedHosts'], texts)}
      />
    </>
  )
}

function SaveError({ standing }: { standing: SaveState }) {
  switch (standing.kind) {
    case 'refused':
      return <ErrorNotice title="The realm was not saved" error={standing.error} />
    case 'gone':
      return <p role="alert">The realm has been deleted.</p>
    case 'offline':
      return <p role="alert">The server cannot be reached. Your changes are safe in this window.</p>
    default:
      return null
  }
}
