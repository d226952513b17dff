import './wizard.css'
import { Button } from '@mantine/core'
import { Link, useBlocker, useLocation, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import { ApiError } from '../../api/request.ts'
import { ErrorNotice } from '../components/error-notice.tsx'
import { NoteField } from '../saving/note-field.tsx'
import type { BasedDraft, Draft } from './draft.ts'
import { NameStep } from './name-step.tsx'
import { NodeConflict } from './node-conflict.tsx'
import { NodeHistory } from './node-history.tsx'
import { problemsOf, type Step, steps } from './problems.ts'
import { PropertiesStep } from './properties-step.tsx'
import { SaveStep } from './save-step.tsx'
import { ScriptStep } from './script-step.tsx'
import { SettingsStep } from './settings-step.tsx'
import { StepsNavigation } from './steps-navigation.tsx'
import { type EditedDraft, useDraft } from './use-draft.ts'
import { useSave } from './use-save.ts'

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
  const step = useStep()
  const problems = problemsOf(draft)
  const [seen, setSeen] = useState<ReadonlySet<Step>>(new Set())
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
  const go = useGo(realm, id)
  const leave = (to: Step) => {
    setSeen((previous) => new Set([...previous, step]))
    go(to)
  }
  const problemOf = (about: string) =>
    problems.find((problem) => problem.about === about && (seen.has(problem.step) || draft.id !== undefined))
      ?.message
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
        <div className={step === 'script' ? 'work script' : 'work'}>
          <SaveError error={error} edited={edited} save={save} />
          {stepContent(step, { realm, draft, change: edited.change, problemOf, problems })}
        </div>
      </div>
      <WizardFooter step={step} onGo={leave}>
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

type WizardFooterProps = { step: Step; onGo(to: Step): void; children: ReactNode }

/** Buttons to the steps before and after. The last step has `children` instead of Next. */
function WizardFooter({ step, onGo, children }: WizardFooterProps) {
  const position = steps.indexOf(step)
  return (
    <footer>
      <Button variant="default" disabled={position === 0} onClick={() => onGo(steps[position - 1] ?? 'name')}>
        Back
      </Button>
      <span>
        Step {position + 1} of {steps.length}
      </span>
      {step === 'save' ? children : <Button onClick={() => onGo(steps[position + 1] ?? 'save')}>Next</Button>}
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

/** The step is part of the URL, so that the browser's back and forward buttons work. */
function useStep(): Step {
  const hash = useLocation({ select: (location) => location.hash })
  return steps.find((name) => name === hash) ?? 'name'
}

function useGo(realm: string, id: string) {
  const navigate = useNavigate()
  return (step: Step) => navigate({ to: '/custom-nodes/$id', params: { id }, search: { realm }, hash: step })
}
