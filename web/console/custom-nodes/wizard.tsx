import './wizard.css'
import { Button, TagsInput, Textarea, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useBlocker } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import { listCustomNodes } from '../../api/custom-nodes.ts'
import { ApiError } from '../../api/request.ts'
import { ErrorNotice } from '../components/error-notice.tsx'
import { HistoryButton } from '../history/draft-history.tsx'
import { HistorySheet } from '../history/history-sheet.tsx'
import { NoteField } from '../saving/note-field.tsx'
import { ScriptWorkbench } from '../script-editor/script-workbench.tsx'
import { emptyFields, type TrialFields } from '../script-editor/trial-fields.ts'
import { type BasedDraft, type Draft, defaultOf, outcomesOf } from './draft.ts'
import { NodeConflict } from './node-conflict.tsx'
import { NodePreview } from './node-preview.tsx'
import { type Problem, problemsOf, type Step, steps } from './problems.ts'
import { PropertiesStep } from './properties-step.tsx'
import { SaveStep } from './save-step.tsx'
import { SettingsStep } from './settings-step.tsx'
import type { StepProps } from './step-props.ts'
import { StepsNavigation } from './steps-navigation.tsx'
import { type EditedDraft, useDraft } from './use-draft.ts'
import { useSave } from './use-save.ts'
import { useSteps } from './use-steps.ts'

type WizardProps = {
  realm: string
  id: string
  stored: BasedDraft
  /** Shows the type again after a restore. */
  onRestored?(): unknown
}

/** Creates or edits a custom node type in steps. Unsaved input is stored in this browser. */
export function Wizard({ realm, id, stored, onRestored }: WizardProps) {
  const edited = useDraft(id, stored)
  const { draft } = edited
  const problems = problemsOf(draft, useTakenNames(draft.serviceName))
  const { step, left, work, back, next } = useSteps(realm, id, problems)
  const [note, setNote] = useState('')
  const { save, error, isSaving, conflict, dismiss } = useSave(realm, edited, note)
  // Only asks if the browser couldn't store the draft.
  useBlocker({
    shouldBlockFn: ({ next }) =>
      edited.isChanged && !edited.isStored && !next.pathname.endsWith(id)
        ? !window.confirm('Leave without saving?')
        : false,
    enableBeforeUnload: () => edited.isChanged && !edited.isStored,
  })
  useEffect(() => {
    document.title = `${draft.name || 'New custom node'} · Sidegate`
  }, [draft.name])
  const isShown = ({ step, isMissing }: Problem) =>
    isMissing === undefined || left.has(step) || draft.id !== undefined
  const problemOf = (about: string) =>
    problems.find((problem) => problem.about === about && isShown(problem))?.message
  return (
    <div className="wizard stack shrink">
      <WizardHead realm={realm} hand={edited} onRestored={onRestored} />
      <div className="middle">
        <StepsNavigation
          realm={realm}
          id={id}
          step={step}
          unready={new Set(problems.map((problem) => problem.step))}
        />
        <div className={step === 'script' ? 'work script' : 'work'} ref={work}>
          <SaveError error={error} edited={edited} save={save} />
          {stepContent(step, { realm, draft, change: edited.change, problemOf, problems })}
        </div>
      </div>
      <WizardFooter step={step} onBack={back} onNext={next}>
        <NoteField note={note} onChange={setNote} />
        <Button loading={isSaving} disabled={problems.length > 0} onClick={() => save(edited)}>
          Save
        </Button>
      </WizardFooter>
      {conflict !== undefined && (
        <NodeConflict realm={realm} hand={edited} theirs={conflict} onSave={save} onClose={dismiss} />
      )}
    </div>
  )
}

type SaveErrorProps = { error: Error | null; edited: BasedDraft; save(based: BasedDraft): void }

/** A type that another person deleted can be saved again, as a new one. */
function SaveError({ error, edited, save }: SaveErrorProps) {
  if (error === null) return null
  // The steps tell which name to change; saving again would change nothing.
  if (error instanceof ApiError && error.code === 409)
    return <ErrorNotice title="The node was not saved" error={error} />
  const isDeleted = error instanceof ApiError && error.code === 404
  if (!isDeleted) {
    return <ErrorNotice title="The node was not saved" error={error} onRetry={() => save(edited)} />
  }
  const again = { ...edited, draft: { ...edited.draft, id: undefined } }
  return (
    <ErrorNotice
      title="The node type was deleted"
      error={error}
      retryLabel="Save again"
      onRetry={() => save(again)}
    />
  )
}

type WizardFooterProps = { step: Step; onBack(): void; onNext(): void; children: ReactNode }

/** Buttons to the steps before and after. The last step has `children` instead of Next. */
function WizardFooter({ step, onBack, onNext, children }: WizardFooterProps) {
  const position = steps.indexOf(step)
  return (
    <footer className="row gap-4">
      <Button variant="default" disabled={position === 0} onClick={onBack}>
        Back
      </Button>
      <span className="push-end note">
        Step {position + 1} of {steps.length}
      </span>
      {step === 'save' ? children : <Button onClick={onNext}>Next</Button>}
    </footer>
  )
}

type StepContentProps = {
  realm: string
  draft: Draft
  change(part: Partial<Draft>): void
  problemOf(about: string): string | undefined
  problems: ReturnType<typeof problemsOf>
}

function stepContent(step: Step, { problems, realm, ...stepProps }: StepContentProps): ReactNode {
  switch (step) {
    case 'name':
      return <NameStep {...stepProps} />
    case 'properties':
      return <PropertiesStep {...stepProps} />
    case 'settings':
      return <SettingsStep {...stepProps} />
    case 'script':
      return <ScriptStep realm={realm} draft={stepProps.draft} change={stepProps.change} />
    case 'save':
      return <SaveStep draft={stepProps.draft} problems={problems} />
  }
}

type WizardHeadProps = { realm: string; hand: EditedDraft; onRestored: WizardProps['onRestored'] }

function WizardHead({ realm, hand, onRestored }: WizardHeadProps) {
  const { draft } = hand
  return (
    <header className="wizard-head row gap-2">
      <Link className="rigid muted" to="/custom-nodes" search={{ realm }}>
        Custom nodes
      </Link>
      <span aria-hidden="true">/</span>
      <h1 className="one-line heading-3">
        <bdi>{draft.id === undefined ? `New: ${draft.name || 'unnamed'}` : draft.name}</bdi>
      </h1>
      <span className="kept note push-end nowrap" role="status">
        {hand.isRestored ? 'Draft restored' : hand.isStored ? 'Draft saved' : ''}
      </span>
      {draft.id !== undefined && <NodeHistory realm={realm} hand={hand} onRestored={onRestored} />}
      {hand.isChanged && (
        <Button size="xs" variant="subtle" onClick={() => hand.startOver()}>
          Discard draft
        </Button>
      )}
    </header>
  )
}

/** Names of the other custom node types. The draft's own type appears among them while it is being saved. */
function useTakenNames(serviceName: string): readonly string[] {
  const { data = [] } = useQuery({
    queryKey: ['custom-nodes'],
    queryFn: ({ signal }) => listCustomNodes(signal),
  })
  return data.filter((type) => type.serviceName !== serviceName).map(({ displayName }) => displayName)
}

function NameStep({ draft, change, problemOf }: StepProps) {
  return (
    <div className="pane">
      <div>
        <h2 className="heading-1" tabIndex={-1}>
          Name and description
        </h2>
        <p>Shown on the canvas and in the list of node types.</p>
        <div className="fields stack gap-5">
          <TextInput
            label="Name"
            data-autofocus
            value={draft.name}
            error={problemOf('name')}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <Textarea
            label="Description"
            autosize
            minRows={3}
            value={draft.description}
            onChange={(event) => change({ description: event.currentTarget.value })}
          />
          <TagsInput
            label="Tags"
            description="Search terms for the list of node types."
            value={[...draft.tags]}
            onChange={(tags) => change({ tags })}
          />
        </div>
      </div>
      <NodePreview draft={draft} />
    </div>
  )
}

type Props = { realm: string; hand: EditedDraft; onRestored: (() => unknown) | undefined }

/** Opens the history of the node type in the designer. A restore discards the draft. */
function NodeHistory({ realm, hand, onRestored }: Props) {
  const [isOpen, setOpen] = useState(false)
  const queries = useQueryClient()
  const { serviceName, name } = hand.draft
  const showRestored = async () => {
    hand.done()
    await queries.invalidateQueries({ queryKey: ['custom-nodes'], exact: true })
    await queries.invalidateQueries({ queryKey: ['node-types'] })
    await onRestored?.()
  }
  return (
    <>
      <HistoryButton onClick={() => setOpen(true)} />
      {isOpen && (
        <HistorySheet
          realm={realm}
          thing={{ kind: 'customNodeType', id: serviceName }}
          name={name}
          unsaved={hand.isChanged ? 'lost' : undefined}
          onRestored={showRestored}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}

function ScriptStep({ draft, change, realm }: Omit<StepProps, 'problemOf'> & { realm: string }) {
  const [fields, setFields] = useState<TrialFields>(() => ({ ...emptyFields, properties: defaultsOf(draft) }))
  return (
    <>
      <h2 className="spoken" tabIndex={-1}>
        Script
      </h2>
      <ScriptWorkbench
        subject={{
          realm,
          source: draft.script,
          context: 'NODE_DESIGNER',
          evaluatorVersion: '2.0',
          name: draft.name || 'Draft',
          outcomes: outcomesOf(draft),
        }}
        propertyNames={draft.properties.map(({ name }) => name)}
        fields={fields}
        onFields={setFields}
        onSource={(script) => change({ script })}
      />
    </>
  )
}

/** The settings of a new node. */
function defaultsOf({ properties }: StepProps['draft']): string {
  const defaults = properties.map((property) => [
    property.name,
    defaultOf(property) ?? (property.isMultiple ? [] : ''),
  ])
  return JSON.stringify(Object.fromEntries(defaults), null, 2)
}
