import './scrubber.css'
import { Kbd } from '@mantine/core'
import {
  IconPlayerSkipBack,
  IconPlayerSkipForward,
  IconPlayerTrackNext,
  IconPlayerTrackPrev,
} from '@tabler/icons-react'
import { IconButton } from '../../components/icon-button.tsx'
import { durationText, type NumberedStep } from '../model/highlighted-path.ts'
import { useRun, useRunStore } from './run-context.tsx'

/** A timeline of the run's steps. */
export function Scrubber() {
  const steps = useRun(({ steps }) => steps)
  const at = useRun(({ at }) => at)
  const startedAt = useRun(({ run }) => run?.startedAt ?? 0)
  if (steps.length === 0) return null
  const current = steps[at - 1]
  return (
    <section className="scrubber stack align-center" aria-label="Steps of the run">
      <MoveButtons at={at} count={steps.length} />
      <p className="where flex justify-between shrink text-note" role="status">
        <span>
          <strong>
            Step {at} of {steps.length}
          </strong>{' '}
          <bdi>{current?.displayName || current?.title}</bdi>
        </span>
        <span className="figures since rigid muted">
          {current !== undefined &&
            startedAt > 0 &&
            (current.at > startedAt
              ? `${durationText(current.at - startedAt)} after the start`
              : 'at the start')}
        </span>
      </p>
      <Track steps={steps} at={at} />
    </section>
  )
}

const moves = [
  { label: 'Previous request', keys: '{', icon: IconPlayerTrackPrev, by: 'request', to: -1 },
  { label: 'Previous step', keys: '[', icon: IconPlayerSkipBack, by: 'step', to: -1 },
  { label: 'Next step', keys: ']', icon: IconPlayerSkipForward, by: 'step', to: 1 },
  { label: 'Next request', keys: '}', icon: IconPlayerTrackNext, by: 'request', to: 1 },
] as const

function MoveButtons({ at, count }: { at: number; count: number }) {
  const { moveByStep, moveByRequest } = useRunStore().getState()
  return (
    <div className="flex">
      {moves.map(({ label, keys, icon, by, to }) => (
        <IconButton
          key={label}
          label={label}
          icon={icon}
          tooltip={
            <>
              {label} <Kbd size="xs">{keys}</Kbd>
            </>
          }
          disabled={to < 0 ? at <= 1 : at >= count}
          onClick={() => (by === 'step' ? moveByStep(to) : moveByRequest(to))}
        />
      ))}
    </div>
  )
}

/** A bar per step, taller for longer durations, under an invisible slider. */
function Track({ steps, at }: { steps: readonly NumberedStep[]; at: number }) {
  const run = useRunStore()
  const longest = Math.max(...steps.map(({ duration }) => duration), 1)
  const current = steps[at - 1]
  const namesOf = ({ number, request }: NumberedStep) =>
    [
      steps[number - 2]?.request === request ? '' : 'first',
      request === current?.request ? 'same' : '',
      number === at ? 'current' : '',
    ].join(' ')
  return (
    <div className="track" dir="ltr" style={{ maxInlineSize: steps.length * 34 }}>
      <div className="bars flex align-end" aria-hidden="true">
        {steps.map((step) => (
          <span key={step.number} className={namesOf(step)}>
            <i style={{ blockSize: 5 + 19 * Math.sqrt(step.duration / longest) }} />
          </span>
        ))}
      </div>
      <input
        type="range"
        aria-label="Step"
        aria-valuetext={`${at} of ${steps.length}, ${current?.displayName || current?.title}`}
        min={1}
        max={steps.length}
        value={at}
        onChange={({ currentTarget }) => run.getState().goTo(Number(currentTarget.value))}
      />
    </div>
  )
}
