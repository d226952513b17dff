import { useEffect, useRef } from 'react'
import { durationText, journeyOf, type NumberedStep } from '../model/highlighted-path.ts'
import { groupSteps, type RunGroup } from '../model/run-groups.ts'
import { useRun, useRunStore } from './run-context.tsx'
import { StepDetail, useEnd } from './step-detail.tsx'

/** The steps of a run, grouped by request. */
export function Steps() {
  const steps = useRun(({ steps }) => steps)
  const isCut = useRun(({ run }) => run?.isCut ?? false)
  if (steps.length === 0) return <p className="fine pad-4">Steps appear here while the journey runs.</p>
  return (
    <div className="run-steps">
      {isCut && <p className="fine pad-4">The earliest steps are no longer stored.</p>}
      {groupSteps(steps).map((group) => (
        <Group key={group.firstRequest} group={group} />
      ))}
    </div>
  )
}

function Group({ group }: { group: RunGroup }) {
  const { firstRequest, lastRequest, steps, repeats, duration } = group
  const at = useRun(({ at }) => at)
  const isInside = steps.some(({ number }) => number === at)
  const title = repeats === 1 ? `Request ${firstRequest}` : `Requests ${firstRequest} to ${lastRequest}`
  const about =
    repeats === 1 ? (steps.length === 1 ? '1 node' : `${steps.length} nodes`) : `repeated ${repeats} times`
  return (
    <section aria-label={title}>
      <p className="request fine flex align-baseline gap-2">
        <strong className="inked">{title}</strong>
        <span>{about}</span>
        <span className="figures push-end">{durationText(duration)}</span>
      </p>
      {repeats > 1 && !isInside ? (
        <Loop group={group} />
      ) : (
        <ol>
          {steps.map((step) => (
            <StepLine key={step.number} step={step} />
          ))}
        </ol>
      )}
    </section>
  )
}

/** Shows repeated requests in one line, until one of their steps is selected. */
function Loop({ group: { steps, repeats } }: { group: RunGroup }) {
  const run = useRunStore()
  const round = steps.slice(0, steps.length / repeats)
  const last = round.at(-1)
  const end = useEnd()
  const names = round.map(({ displayName, title }) => displayName || title).join(', ')
  return (
    <button
      type="button"
      className="step bare stack align-center full-width gap-2 text-note text-start"
      onClick={() => run.getState().goTo(steps[0]?.number ?? 1)}
    >
      <span className="number place-center ink-accent strong nowrap">
        {steps[0]?.number}–{steps.at(-1)?.number}
      </span>
      <bdi className="one-line">{names}</bdi>
      <span className="chip">{last === undefined ? '' : end(last)}</span>
      <span className="figures fine text-end nowrap">×{repeats}</span>
    </button>
  )
}

function StepLine({ step }: { step: NumberedStep }) {
  const run = useRunStore()
  const line = useRef<HTMLButtonElement>(null)
  const isCurrent = useRun(({ at }) => at === step.number)
  const end = useEnd()
  const journey = useRun(({ run }) => (journeyOf(step) === run?.journey ? undefined : journeyOf(step)))
  useEffect(() => {
    if (isCurrent) line.current?.scrollIntoView({ block: 'nearest' })
  }, [isCurrent])
  return (
    <li>
      <button
        type="button"
        ref={line}
        className={
          isCurrent
            ? 'step current bare stack align-center full-width gap-2 text-note text-start'
            : 'step bare stack align-center full-width gap-2 text-note text-start'
        }
        aria-current={isCurrent ? 'step' : undefined}
        onClick={() => run.getState().goTo(step.number)}
      >
        <span className="number place-center ink-accent strong nowrap">{step.number}</span>
        <span className="one-line">
          <bdi>{step.displayName || step.title}</bdi>
          {journey !== undefined && <bdi className="journey block muted">{journey}</bdi>}
        </span>
        <span className={step.result === 'error' ? 'chip bad' : 'chip'}>{end(step)}</span>
        <span className="figures fine text-end nowrap">{durationText(step.duration)}</span>
      </button>
      {isCurrent && <StepDetail step={step} />}
    </li>
  )
}
