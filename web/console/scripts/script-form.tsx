import './script-form.css'
import { Button, Select, TextInput } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useBlocker, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { removeScript, type ScriptDraft, saveScript } from '../../api/scripts.ts'
import { ErrorNotice } from '../components/error-notice.tsx'
import { NoteField } from '../saving/note-field.tsx'
import { ScriptWorkbench } from '../script-editor/script-workbench.tsx'
import { emptyFields, type TrialFields } from '../script-editor/trial-fields.ts'
import { contexts, isContextName, templates } from './script-contexts.ts'
import { ScriptHistory } from './script-history.tsx'

type ScriptFormProps = {
  realm: string
  stored: ScriptDraft
  /** Shows the script again after a restore. */
  onRestored?(): unknown
  /** Called when a new script was first saved and has an id. */
  onMade?(id: string): void
}

/** A script with its name and context, next to the trial panel. */
export function ScriptForm({ realm, stored, onRestored, onMade }: ScriptFormProps) {
  const [draft, setDraft] = useState<ScriptDraft>(stored)
  const [base, setBase] = useState<ScriptDraft>(stored)
  const [fields, setFields] = useState<TrialFields>(emptyFields)
  const [note, setNote] = useState('')
  const isChanged = JSON.stringify(draft) !== JSON.stringify(base)
  const saving = useSaving(realm, {
    take(saved) {
      setBase(saved)
      setDraft(saved)
      setNote('')
    },
    onMade,
  })
  const canSave = isChanged && draft.name.trim() !== '' && draft.language === 'JAVASCRIPT'
  const save = () => {
    if (canSave) saving.mutate({ draft, note })
  }
  useHotkeys([['mod+S', save]], [], true)
  useBlocker({
    shouldBlockFn: () =>
      isChanged && !saving.isSuccess && !window.confirm('Leave without saving the script?'),
    enableBeforeUnload: isChanged,
  })
  useEffect(() => {
    document.title = `${draft.name || 'New script'} · Sidegate`
  }, [draft.name])
  const set = (part: Partial<ScriptDraft>) => {
    if (saving.isSuccess) saving.reset()
    setDraft((previous) => ({ ...previous, ...part }))
  }
  return (
    <div className="script-form">
      <FormHead
        realm={realm}
        draft={draft}
        set={set}
        isChanged={isChanged}
        canSave={canSave}
        isSaving={saving.isPending}
        onSave={save}
        note={note}
        onNote={setNote}
        onRestored={onRestored}
      />
      {saving.error !== null && (
        <ErrorNotice title="The script was not saved" error={saving.error} onRetry={save} />
      )}
      <ScriptWorkbench
        subject={{
          realm,
          source: draft.source,
          context: draft.context,
          evaluatorVersion: draft.evaluatorVersion,
          name: draft.name || 'Draft',
        }}
        fields={fields}
        onFields={setFields}
        onSource={(source) => set({ source })}
      />
    </div>
  )
}

type FormHeadProps = {
  realm: string
  draft: ScriptDraft
  set(part: Partial<ScriptDraft>): void
  isChanged: boolean
  canSave: boolean
  isSaving: boolean
  onSave(): void
  note: string
  onNote(note: string): void
  onRestored: ScriptFormProps['onRestored']
}

function FormHead({ realm, draft, set, isChanged, canSave, isSaving, onSave, ...more }: FormHeadProps) {
  return (
    <header>
      <Link to="/scripts" search={{ realm }}>
        Scripts
      </Link>
      <span aria-hidden="true">/</span>
      <h1 className="spoken">{draft.name || 'New script'}</h1>
      <TextInput
        aria-label="Name"
        placeholder="Script name"
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <ContextSelect draft={draft} set={set} />
      <span className="saved" role="status">
        {isChanged ? 'Not saved' : draft.id === undefined ? '' : 'Saved'}
      </span>
      {draft.id !== undefined && (
        <>
          <ScriptHistory
            realm={realm}
            id={draft.id}
            name={draft.name}
            isChanged={isChanged}
            onRestored={more.onRestored}
          />
          <RemoveButton realm={realm} id={draft.id} />
        </>
      )}
      {isChanged && <NoteField note={more.note} onChange={more.onNote} />}
      <Button loading={isSaving} disabled={!canSave} onClick={onSave}>
        Save
      </Button>
    </header>
  )
}

/** The context can't change after the first save, because nodes refer to scripts of their own context. */
function ContextSelect({ draft, set }: { draft: ScriptDraft; set(part: Partial<ScriptDraft>): void }) {
  const { id, context, source } = draft
  const isUntouched = isContextName(context) && source === templates[context]
  const choose = (chosen: string | null) => {
    if (!isContextName(chosen)) return
    const { evaluatorVersion } = contexts[chosen]
    set({ context: chosen, evaluatorVersion, ...(isUntouched ? { source: templates[chosen] } : {}) })
  }
  const known = Object.entries(contexts).map(([value, { title }]) => ({ value, label: title }))
  return (
    <Select
      aria-label="Script type"
      allowDeselect={false}
      disabled={id !== undefined}
      data={isContextName(context) ? known : [...known, { value: context, label: context }]}
      value={context}
      onChange={choose}
    />
  )
}

function RemoveButton({ realm, id }: { realm: string; id: string }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const removal = useMutation({
    mutationFn: () => removeScript(realm, id),
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: ['scripts', realm] })
      await navigate({ to: '/scripts', search: { realm }, ignoreBlocker: true })
    },
  })
  return (
    <Button
      variant="subtle"
      color="bad"
      loading={removal.isPending}
      onClick={() =>
        window.confirm(
          'Delete this script? Journeys that use it will fail. It can be restored under History.',
        ) && removal.mutate()
      }
    >
      Delete
    </Button>
  )
}

type OnSaved = { take(saved: ScriptDraft): void; onMade: ScriptFormProps['onMade'] }

function useSaving(realm: string, { take, onMade }: OnSaved) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: ({ draft, note }: { draft: ScriptDraft; note: string }) => saveScript(realm, draft, note),
    async onSuccess(saved, { draft: asked }) {
      take(saved)
      await queries.invalidateQueries({ queryKey: ['scripts', realm], refetchType: 'none' })
      if (asked.id === undefined) {
        onMade?.(saved.id)
        await navigate({
          to: '/scripts/$id',
          params: { id: saved.id },
          search: { realm },
          replace: true,
          ignoreBlocker: true,
        })
      }
    },
  })
}
