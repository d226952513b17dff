import './publish-dialog.css'
import { Button, Skeleton, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { compareDraft, type DraftDifferences } from '../../../api/journey-drafts.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { useEditor, useEditorStore } from '../editor-context.tsx'
import { publishNow } from '../saving/publish-now.ts'
import { readableProblem } from '../saving/readable-problem.ts'
import { openConflict } from '../saving/report-failure.ts'
import { saveNow } from '../saving/save-now.ts'
import { EditorSheet } from './editor-sheet.tsx'
import { FindingList, titleFor } from './findings-dialog.tsx'

/** Shows what publishing the draft changes for people who sign in, and publishes it. */
export function PublishDialog() {
  const store = useEditorStore()
  const { name, saved } = store.getState()
  const isPublishing = useEditor(({ saveState }) => saveState.kind === 'saving')
  const [note, setNote] = useState('')
  const preview = usePreview()
  const { data } = preview
  const isPossible = data !== undefined && data.problems.length === 0 && !data.isBehind
  const publish = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!isPossible) return
    await publishNow(store, note)
    // A failure may have opened another dialog.
    if (store.getState().dialog?.kind === 'publish') store.getState().closeDialog()
  }
  const merge = () => {
    store.getState().closeDialog()
    void openConflict(store)
  }
  return (
    <EditorSheet title={<bdi>{`Publish ${name}`}</bdi>} size="lg">
      <form className="publish stack gap-4" onSubmit={publish}>
        {preview.error !== null && (
          <ErrorNotice
            title="The changes could not be compared"
            error={preview.error}
            onRetry={preview.refetch}
          />
        )}
        {data === undefined && preview.error === null && <Skeleton height={72} />}
        {data !== undefined && <Preview preview={data} isNew={saved.published === undefined} />}
        <TextInput
          label="Note (optional)"
          description="The reason, for the history of the journey."
          data-autofocus
          maxLength={500}
          value={note}
          onChange={({ currentTarget }) => setNote(currentTarget.value)}
        />
        <div className="sheet-acts">
          <Button variant="default" onClick={() => store.getState().closeDialog()}>
            Cancel
          </Button>
          {data?.isBehind === true ? (
            <Button onClick={merge}>Merge</Button>
          ) : (
            <Button type="submit" disabled={!isPossible} loading={isPublishing}>
              Publish
            </Button>
          )}
        </div>
      </form>
    </EditorSheet>
  )
}

function usePreview() {
  const { realm, name, saved } = useEditorStore().getState()
  return useQuery({
    queryKey: ['draft-differences', realm, name, saved.revision],
    queryFn: ({ signal }) => compareDraft(realm, name, signal),
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
}

function Preview({ preview, isNew }: { preview: DraftDifferences; isNew: boolean }) {
  const { problems, isBehind } = preview
  return (
    <>
      {problems.length > 0 && (
        <section className="problems" role="alert">
          <h3 className="text-note strong ink-bad">Fix these first</h3>
          <ul>
            {problems.map(({ message }) => {
              const { node, text } = readableProblem(message)
              return (
                <li className="ink-bad" key={message}>
                  <bdi>{node === undefined ? text : `${node}: ${text}`}</bdi>
                </li>
              )
            })}
          </ul>
        </section>
      )}
      {isBehind && (
        <p className="notice callout flex align-start gap-2 text-note warn">
          The journey was published since you began this draft. Merge both versions before you publish.
        </p>
      )}
      <section>
        <h3 className="text-note strong">
          {isNew ? 'Published for the first time' : 'Changes for new sign-ins'}
        </h3>
        <Changes preview={preview} isNew={isNew} />
      </section>
      <Findings hasProblems={problems.length > 0} />
    </>
  )
}

function Changes({ preview, isNew }: { preview: DraftDifferences; isNew: boolean }) {
  const { differences, unknown, isIdentical } = preview
  if (isNew) return <p>People can sign in with this journey from now on.</p>
  const words = [...differences, ...unknown].map(({ words }) => words)
  if (words.length === 0) {
    return (
      <p>{isIdentical ? 'Nothing differs from the published journey.' : 'Only positions of nodes differ.'}</p>
    )
  }
  return (
    <ul className="changes">
      {words.map((line) => (
        <li key={line}>
          <bdi>{line}</bdi>
        </li>
      ))}
    </ul>
  )
}

/** The findings of the draft. They don't prevent publishing. */
function Findings({ hasProblems }: { hasProblems: boolean }) {
  const store = useEditorStore()
  const findings = useEditor(({ findings }) => findings)
  const worst = findings.filter(
    // The problems above say more about settings.
    ({ severity, rule }) => severity !== 'hint' && !(hasProblems && rule === 'invalid-settings'),
  )
  if (worst.length === 0) return null
  return (
    <section>
      <h3 className="text-note strong">{titleFor(worst.length)}</h3>
      <FindingList findings={worst} onTurnedOn={() => void saveNow(store)} />
    </section>
  )
}
