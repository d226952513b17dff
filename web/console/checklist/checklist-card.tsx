import './checklist.css'
import { CloseButton, Progress } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import type { ChecklistStep } from '../../api/starters.ts'
import { useOwnRights } from '../components/use-own-rights.ts'
import type { ChecklistDialog } from './checklist-dialogs.tsx'
import { StepAction } from './step-action.tsx'
import { nextStep, progressOf, wordsOf } from './step-words.ts'
import { useChecklist } from './use-checklist.ts'

/** Loaded when one opens: the list of journeys comes first. */
const Dialogs = lazy(async () => ({ default: (await import('./checklist-dialogs.tsx')).ChecklistDialogs }))

const hiddenKey = (realm: string) => `sidegate checklist hidden ${realm}`
const heightKey = (realm: string) => `sidegate checklist height ${realm}`

/** The next step, as long as something is missing and the administrator hasn't hidden it. */
export function ChecklistCard({ realm }: { realm: string }) {
  const { data, error } = useChecklist(realm)
  const rights = useOwnRights(realm)
  const isAwaited =
    data === undefined && (error ?? rights.error) === null && rights.data?.includes('realm') !== false
  const [isHidden, setHidden] = useState(() => localStorage.getItem(hiddenKey(realm)) !== null)
  const [dialog, setDialog] = useState<ChecklistDialog>()
  const step = data === undefined ? undefined : nextStep(data.steps)
  const hide = () => {
    localStorage.setItem(hiddenKey(realm), 'yes')
    setHidden(true)
  }
  // The dialog stays open when its step is done.
  return (
    <>
      {!isHidden && (
        <Place realm={realm} isAwaited={isAwaited}>
          {data !== undefined && step !== undefined && (
            <Card realm={realm} steps={data.steps} step={step} onOpen={setDialog} onHide={hide} />
          )}
        </Place>
      )}
      {dialog !== undefined && (
        <Suspense fallback={null}>
          <Dialogs realm={realm} dialog={dialog} onClose={() => setDialog(undefined)} />
        </Suspense>
      )}
    </>
  )
}

/** Keeps the card's place free until it is known, as high as it was the last time, so that the list below doesn't jump. */
function Place({ realm, isAwaited, children }: { realm: string; isAwaited: boolean; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null)
  const [last] = useState(() => localStorage.getItem(heightKey(realm)))
  useEffect(() => {
    if (!isAwaited)
      localStorage.setItem(heightKey(realm), String(place.current?.getBoundingClientRect().height))
  })
  return (
    <div
      ref={place}
      className={isAwaited ? 'checklist-place awaited' : 'checklist-place'}
      style={isAwaited && last !== null ? { minBlockSize: Number(last) } : {}}
    >
      {children}
    </div>
  )
}

type CardProps = {
  realm: string
  steps: readonly ChecklistStep[]
  step: ChecklistStep
  onOpen(dialog: ChecklistDialog): void
  onHide(): void
}

function Card({ realm, steps, step, onOpen, onHide }: CardProps) {
  const { title, text } = wordsOf(step)
  const { done, total } = progressOf(steps)
  return (
    <section className="checklist-card stack align-center pad-3" aria-label="Checklist">
      <div className="how-far stack gap-6px">
        <Progress value={(100 * done) / total} size="sm" aria-label={`${done} of ${total} steps done`} />
        <p className="note breaks">
          {done} of {total} steps done.{' '}
          <Link to="/checklist" search={{ realm }}>
            All steps
          </Link>
        </p>
      </div>
      <div className="next">
        <h2 className="strong">{title}</h2>
        <p className="note breaks">
          <bdi>{text}</bdi>
        </p>
      </div>
      <StepAction realm={realm} step={step} isNext onOpen={onOpen} />
      <CloseButton
        className="hide"
        aria-label="Hide the checklist"
        title="Hide. The checklist stays in the navigation."
        onClick={onHide}
      />
    </section>
  )
}
