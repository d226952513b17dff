import './wizard.css'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useBlocker } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import { listCustomNodes } from '../../api/custom-nodes.ts'
import { ApiError } from '../../api/request.ts'
import { ErrorNotice } from '../components/error-notice.tsx'
import { NoteField } from '../saving/note-field.tsx'
import type { BasedDraft, Draft } from './draft.ts'
import { NameStep } from './name-step.tsx'
import { NodeConflict } from './node-conflict.tsx'
import { NodeHistory } from './node-history.tsx'
import { type Problem, problemsOf, type Step, steps } from './problems.ts'
import { PropertiesStep } from './properties-step.tsx'
import { SaveStep } from './save-step.tsx'
import { ScriptStep } from './script-step.tsx'
import { SettingsStep } from './settings-step.tsx'
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
    <div className="wizard">
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
    <footer>
      <Button variant="default" disabled={position === 0} onClick={onBack}>
        Back
      </Button>
      <span>
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
    <header className="wizard-head">
      <Link to="/custom-nodes" search={{ realm }}>
        Custom nodes
      </Link>
      <span aria-hidden="true">/</span>
      <h1>
        <bdi>{draft.id === undefined ? `New: ${draft.name || 'unnamed'}` : draft.name}</bdi>
      </h1>
      <span className="kept" role="status">
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
