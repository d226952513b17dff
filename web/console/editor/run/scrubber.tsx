import './scrubber.css'
import { ActionIcon, Kbd, Tooltip } from '@mantine/core'
import {
  IconPlayerSkipBack,
  IconPlayerSkipForward,
  IconPlayerTrackNext,
  IconPlayerTrackPrev,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
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
        <MoveButton label="Previous request" keys="{" onClick={() => moveByRequest(-1)} isDisabled={at <= 1}>
          <IconPlayerTrackPrev size={16} stroke={1.75} aria-hidden />
        </MoveButton>
        <MoveButton label="Previous step" keys="[" onClick={() => moveByStep(-1)} isDisabled={at <= 1}>
          <IconPlayerSkipBack size={16} stroke={1.75} aria-hidden />
        </MoveButton>
        <MoveButton label="Next step" keys="]" onClick={() => moveByStep(1)} isDisabled={at >= steps.length}>
          <IconPlayerSkipForward size={16} stroke={1.75} aria-hidden />
        </MoveButton>
        <MoveButton
          label="Next request"
          keys="}"
          onClick={() => moveByRequest(1)}
          isDisabled={at >= steps.length}
        >
          <IconPlayerTrackNext size={16} stroke={1.75} aria-hidden />
        </MoveButton>
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

type MoveButtonProps = {
  label: string
  keys: string
  isDisabled: boolean
  onClick(): void
  children: ReactNode
}

function MoveButton({ label, keys, isDisabled, onClick, children }: MoveButtonProps) {
  return (
    <Tooltip
      label={
        <>
          {label} <Kbd size="xs">{keys}</Kbd>
        </>
      }
    >
      <ActionIcon variant="subtle" color="gray" aria-label={label} disabled={isDisabled} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
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
