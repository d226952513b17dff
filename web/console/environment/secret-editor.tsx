import { useQueryClient } from '@tanstack/react-query'
import { describeSecret, readEnvironment, type StoredSecret } from '../../api/environment.ts'
import { ApiError } from '../../api/request.ts'
import { DraftSheets } from '../saving/draft-sheets.tsx'
import { SaveBar } from '../saving/save-bar.tsx'
import type { StoredDocument } from '../saving/stored-document.ts'
import { type Draft, useDraft } from '../saving/use-draft.ts'
import { DeleteEsv } from './delete-esv.tsx'
import { DescribedFields, descriptionIn, realmsIn, titleOf } from './described-fields.tsx'
import { EsvFrame } from './esv-frame.tsx'
import { nameInSettings } from './esv-names.ts'
import { esvProblem } from './esv-problem.ts'
import { NewVersion } from './new-version.tsx'
import { SecretVersions } from './secret-versions.tsx'

type Props = { realm: string; stored: StoredSecret; isInProcess: boolean }

export function SecretEditor({ realm, stored, isInProcess }: Props) {
  const { _id: id, encoding, useInPlaceholders } = stored
  const draft = useSecretDraft(stored)
  const problem = draft.saveState.kind === 'refused' ? esvProblem(draft.saveState.error) : undefined
  const use = useInPlaceholders ? '' : ', not for placeholders and scripts'
  return (
    <EsvFrame realm={realm} id={id} description={`Secret, ${encoding}${use}`} isRead={useInPlaceholders}>
      <section aria-label="Versions">
        <h2>Versions</h2>
        <SecretVersions id={id} />
        <NewVersion id={id} encoding={encoding} onAdded={draft.reload} />
      </section>
      <section aria-label="Settings">
        <h2>Settings</h2>
        <DescribedFields draft={draft} problem={problem} />
      </section>
      <DeleteEsv realm={realm} kind="secrets" id={id} isInProcess={isInProcess} />
      <SaveBar draft={draft} serverError={problem?.text} />
      <DraftSheets
        draft={draft}
        realm="/"
        changed={{ event: 'AM-CONFIG-CHANGE', kind: 'secret', id }}
        titleOf={titleOf}
        name={nameInSettings(id)}
      />
    </EsvFrame>
  )
}

/** Description and realms. Values are in the versions. */
function useSecretDraft(stored: StoredSecret): Draft {
  const { _id: id } = stored
  const queries = useQueryClient()
  const read = async () => {
    const found = (await readEnvironment()).secrets.find(({ _id }) => _id === id)
    if (found === undefined) throw new ApiError({ code: 404, reason: '', message: '', detail: undefined })
    return toDocument(found)
  }
  return useDraft(toDocument(stored), {
    read,
    async save(document, { revision }) {
      await describeSecret(id, { description: descriptionIn(document), realms: realmsIn(document) }, revision)
      await queries.invalidateQueries({ queryKey: ['environment'], exact: true })
      return read()
    },
  })
}

function toDocument({ description, realms, lastChangeDate }: StoredSecret): StoredDocument {
  return { document: { description, realms: realms ?? null }, revision: lastChangeDate }
}
