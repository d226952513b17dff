import './scrubber.css'
import { Kbd } from '@mantine/core'
import {
  IconPlayerSkipBack,
  IconPlayerSkipForward,
  IconPlayerTrackNext,
  IconPlayerTrackPrev,
  type TablerIcon,
} from '@tabler/icons-react'
import { IconButton } from '../../components/icon-button.tsx'
import { durationText, type NumberedStep } from '../model/highlighted-path.ts'
import { useRun, useRunStore } from './run-context.tsx'

/** A timeline of the run's steps. */
export function Scrubber() {
  const run = useRunStore()
  const steps = useRun(({ steps }) => steps)
  const at = useRun(({ at }) => at)
  const startedAt = useRun(({ run }) => run?.startedAt ?? 0)
  if (steps.length === 0) return null
  const current = steps[at - 1]
  const { moveByStep, moveByRequest } = run.getState()
  return (
    <section className="scrubber stack align-center" aria-label="Steps of the run">
      <div className="flex">
        <MoveButton
          label="Previous request"
          keys="{"
          icon={IconPlayerTrackPrev}
          onClick={() => moveByRequest(-1)}
          isDisabled={at <= 1}
        />
        <MoveButton
          label="Previous step"
          keys="["
          icon={IconPlayerSkipBack}
          onClick={() => moveByStep(-1)}
          isDisabled={at <= 1}
        />
        <MoveButton
          label="Next step"
          keys="]"
          icon={IconPlayerSkipForward}
          onClick={() => moveByStep(1)}
          isDisabled={at >= steps.length}
        />
        <MoveButton
          label="Next request"
          keys="}"
          icon={IconPlayerTrackNext}
          onClick={() => moveByRequest(1)}
          isDisabled={at >= steps.length}
        />
      </div>
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
            `${durationText(current.at - startedAt)} after the start`}
        </span>
      </p>
      <Track steps={steps} at={at} />
    </section>
  )
}

type MoveButtonProps = { label: string; keys: string; icon: TablerIcon; isDisabled: boolean; onClick(): void }

function MoveButton({ label, keys, icon, isDisabled, onClick }: MoveButtonProps) {
  const tooltip = (
    <>
      {label} <Kbd size="xs">{keys}</Kbd>
    </>
  )
  return <IconButton label={label} icon={icon} tooltip={tooltip} disabled={isDisabled} onClick={onClick} />
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
