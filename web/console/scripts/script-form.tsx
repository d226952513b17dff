import './script-form.css'
import { Button, Select, TextInput } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { JsonObject } from '../../api/json.ts'
import { ApiError, OfflineError } from '../../api/request.ts'
import {
  readScript,
  removeScript,
  type ScriptDocument,
  type StoredScript,
  saveScript,
  scriptDocument,
} from '../../api/scripts.ts'
import { ErrorNotice } from '../components/error-notice.tsx'
import { HistoryButton } from '../history/draft-history.tsx'
import { HistorySheet } from '../history/history-sheet.tsx'
import type { Path } from '../saving/changes.ts'
import { DraftSheets } from '../saving/draft-sheets.tsx'
import { NoteField } from '../saving/note-field.tsx'
import { type Draft, type SaveState, useDraft } from '../saving/use-draft.ts'
import { ScriptWorkbench } from '../script-editor/script-workbench.tsx'
import { emptyFields, type TrialFields } from '../script-editor/trial-fields.ts'
import { contexts, isContextName, templates, typeTitle } from './script-contexts.ts'

const titles: Readonly<Record<string, string>> = {
  name: 'Name',
  description: 'Description',
  source: 'Script',
  evaluatorVersion: 'Generation',
}

type ScriptFormProps = {
  realm: string
  /** A new script has no id. */
  stored: StoredScript<string | undefined>
  /** Shows the script again after a restore. */
  onRestored?(): unknown
  /** Called when a new script was first saved and has an id. */
  onMade?(id: string): void
}

/** A script with its name and context, next to the trial panel. */
export function ScriptForm({ realm, stored, onRestored, onMade }: ScriptFormProps) {
  const { id, draft } = useScriptDraft(realm, stored, onMade)
  const [fields, setFields] = useState<TrialFields>(emptyFields)
  const removal = useRemoval(realm, draft)
  const script = scriptDocument(draft.document)
  const name = script.name || 'New script'
  const isChanged = draft.changes.length > 0
  const canSave = isChanged && script.name.trim() !== '' && script.language === 'JAVASCRIPT'
  const save = () => {
    if (!canSave) return
    removal.reset()
    void draft.save()
  }
  useHotkeys([['mod+S', save]], [], true)
  useEffect(() => {
    document.title = `${name} · Sidegate`
  }, [name])
  return (
    <div className="script-form stack shrink">
      <FormHead realm={realm} id={id} script={script} draft={draft} canSave={canSave} onSave={save}>
        {id !== undefined && (
          <>
            <ScriptHistory realm={realm} id={id} name={name} isChanged={isChanged} onRestored={onRestored} />
            <RemoveButton
              isBusy={removal.isPending}
              onRemove={() => removal.mutate({ id, revision: draft.base.revision })}
            />
          </>
        )}
      </FormHead>
      <Failures saving={failureOf(draft.saveState)} removal={removal.error} onSave={save} />
      <ScriptWorkbench
        scriptId={id}
        subject={{
          realm,
          source: script.source,
          context: script.context,
          evaluatorVersion: script.evaluatorVersion,
          name: script.name || 'Draft',
        }}
        fields={fields}
        onFields={setFields}
        onSource={(source) => draft.set(['source'], source)}
      />
      <DraftSheets
        draft={draft}
        realm={realm}
        changed={{ kind: 'script', id: id ?? '' }}
        titleOf={([member = '']: Path) => titles[member] ?? member}
        name={name}
      />
    </div>
  )
}

type FailuresProps = { saving: Error | undefined; removal: Error | null; onSave(): void }

function Failures({ saving, removal, onSave }: FailuresProps) {
  return (
    <>
      {saving !== undefined && (
        <ErrorNotice title="The script was not saved" error={saving} onRetry={onSave} />
      )}
      {removal !== null && <ErrorNotice title="The script was not deleted" error={removal} />}
    </>
  )
}

function failureOf(state: SaveState): Error | undefined {
  if (state.kind === 'refused') return state.error
  return state.kind === 'offline' ? new OfflineError(undefined) : undefined
}

type FormHeadProps = {
  realm: string
  id: string | undefined
  script: ScriptDocument
  draft: Draft
  canSave: boolean
  onSave(): void
  /** Buttons of a stored script. */
  children: ReactNode
}

function FormHead({ realm, id, script, draft, canSave, onSave, children }: FormHeadProps) {
  const isChanged = draft.changes.length > 0
  return (
    <header className="row wrap gap-2">
      <Link to="/scripts" search={{ realm }}>
        Scripts
      </Link>
      <span aria-hidden="true">/</span>
      <h1 className="spoken">{script.name || 'New script'}</h1>
      <TextInput
        aria-label="Name"
        placeholder="Script name"
        value={script.name}
        onChange={({ currentTarget: { value } }) => draft.set(['name'], value)}
      />
      <ContextSelect isNew={id === undefined} script={script} set={draft.set} />
      <span className="saved note push-end" role="status">
        {isChanged ? 'Not saved' : id === undefined ? '' : 'Saved'}
      </span>
      {children}
      {isChanged && <NoteField note={draft.note} onChange={draft.setNote} />}
      <Button loading={draft.saveState.kind === 'saving'} disabled={!canSave} onClick={onSave}>
        Save
      </Button>
    </header>
  )
}

type ContextSelectProps = { isNew: boolean; script: ScriptDocument; set: Draft['set'] }

/** The context can't change after the first save, because nodes refer to scripts of their own context. */
function ContextSelect({ isNew, script, set }: ContextSelectProps) {
  const { context, source } = script
  const isUntouched = isContextName(context) && source === templates[context]
  const choose = (chosen: string | null) => {
    if (!isContextName(chosen)) return
    set(['context'], chosen)
    set(['evaluatorVersion'], contexts[chosen].evaluatorVersion)
    if (isUntouched) set(['source'], templates[chosen])
  }
  const types = Object.entries({ ...contexts, [context]: script })
  const data = types.map(([value, { evaluatorVersion }]) => ({
    value,
    label: typeTitle({ context: value, evaluatorVersion }),
  }))
  return (
    <Select
      aria-label="Script type"
      allowDeselect={false}
      disabled={!isNew}
      data={data}
      value={context}
      onChange={choose}
    />
  )
}

function RemoveButton({ isBusy, onRemove }: { isBusy: boolean; onRemove(): void }) {
  return (
    <Button
      variant="subtle"
      color="bad"
      loading={isBusy}
      onClick={() =>
        window.confirm(
          'Delete this script? Journeys that use it will fail. It can be restored under History.',
        ) && onRemove()
      }
    >
      Delete
    </Button>
  )
}

function useRemoval(realm: string, { reload }: Draft) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const showList = async () => {
    await queries.invalidateQueries({ queryKey: ['scripts', realm] })
    await navigate({ to: '/scripts', search: { realm }, ignoreBlocker: true })
  }
  return useMutation({
    mutationFn: ({ id, revision }: { id: string; revision: string }) => removeScript(realm, id, revision),
    onSuccess: showList,
    // After a change by another person, the next attempt deletes the script as it is shown then.
    async onError(error) {
      if (!(error instanceof ApiError)) return
      if (error.code === 412) await reload()
      if (error.code === 404) await showList()
    },
  })
}

/** The script in the form. A new one gets its id with the first save. */
function useScriptDraft(
  realm: string,
  stored: StoredScript<string | undefined>,
  onMade: ScriptFormProps['onMade'],
): { id: string | undefined; draft: Draft } {
  const queries = useQueryClient()
  const navigate = useNavigate()
  // Saving again at once must use the new id, before the next render.
  const id = useRef(stored.id)
  const send = async (document: JsonObject, revision: string | undefined, note: string) => {
    const sent = { id: id.current, document: scriptDocument(document), revision }
    const saved = await saveScript(realm, sent, note)
    await queries.invalidateQueries({ queryKey: ['scripts', realm], refetchType: 'none' })
    if (id.current === undefined) {
      id.current = saved.id
      onMade?.(saved.id)
      const to = { to: '/scripts/$id', params: { id: saved.id }, search: { realm } } as const
      await navigate({ ...to, replace: true, ignoreBlocker: true })
    }
    return saved
  }
  const draft = useDraft(stored, {
    read: () => readScript(realm, id.current ?? ''),
    save: (document, { revision }, note) => send(document, revision, note),
    recreate: (document, note) => send(document, undefined, note),
  })
  return { id: id.current, draft }
}

type Props = {
  realm: string
  id: string
  name: string
  /** Whether the form has unsaved changes, which a restore discards. */
  isChanged: boolean
  onRestored: (() => unknown) | undefined
}

/** Opens the history of the script in the form. */
function ScriptHistory({ realm, id, name, isChanged, onRestored }: Props) {
  const [isOpen, setOpen] = useState(false)
  const queries = useQueryClient()
  const showRestored = async () => {
    await queries.invalidateQueries({ queryKey: ['scripts', realm], exact: true })
    await onRestored?.()
  }
  return (
    <>
      <HistoryButton onClick={() => setOpen(true)} />
      {isOpen && (
        <HistorySheet
          realm={realm}
          thing={{ kind: 'script', id }}
          name={name}
          unsaved={isChanged ? 'lost' : undefined}
          onRestored={showRestored}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
