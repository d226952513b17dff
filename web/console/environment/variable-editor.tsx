import { useQueryClient } from '@tanstack/react-query'
import { fromBase64 } from '../../api/base64.ts'
import { readEnvironment, type StoredVariable, saveVariable } from '../../api/environment.ts'
import type { JsonObject } from '../../api/json.ts'
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
import { ValueField } from './value-field.tsx'

type Props = { realm: string; stored: StoredVariable; isInProcess: boolean }

export function VariableEditor({ realm, stored, isInProcess }: Props) {
  const { _id: id, expressionType } = stored
  const draft = useVariableDraft(stored)
  const { document, saveState } = draft
  const problem = saveState.kind === 'refused' ? esvProblem(saveState.error) : undefined
  return (
    <EsvFrame realm={realm} id={id} description={`Variable of type ${expressionType}`} isRead>
      <section aria-label="Settings">
        <ValueField
          type={expressionType}
          value={valueIn(document)}
          problem={problem?.field === 'value' ? problem.text : undefined}
          onChange={(value) => draft.set(['value'], value)}
        />
        <DescribedFields draft={draft} problem={problem} />
      </section>
      <DeleteEsv realm={realm} kind="variables" id={id} isInProcess={isInProcess} />
      <SaveBar draft={draft} serverError={problem?.text} />
      <DraftSheets
        draft={draft}
        realm="/"
        changed={{ event: 'AM-CONFIG-CHANGE', kind: 'variable', id }}
        titleOf={titleOf}
        name={nameInSettings(id)}
      />
    </EsvFrame>
  )
}

function useVariableDraft(stored: StoredVariable): Draft {
  const { _id: id } = stored
  const queries = useQueryClient()
  const read = async () => {
    const found = (await readEnvironment()).variables.find(({ _id }) => _id === id)
    if (found === undefined) throw new ApiError({ code: 404, reason: '', message: '', detail: undefined })
    return toDocument(found)
  }
  return useDraft(toDocument(stored), {
    read,
    async save(document, { revision }) {
      const input = {
        value: valueIn(document),
        description: descriptionIn(document),
        realms: realmsIn(document),
      }
      await saveVariable(id, input, revision)
      await queries.invalidateQueries({ queryKey: ['environment'], exact: true })
      return read()
    },
  })
}

function toDocument(stored: StoredVariable): StoredDocument {
  const { valueBase64, description, realms, lastChangeDate } = stored
  const document = { value: fromBase64(valueBase64), description, realms: realms ?? null }
  return { document, revision: lastChangeDate }
}

function valueIn({ value }: JsonObject): string {
  return typeof value === 'string' ? value : ''
}
