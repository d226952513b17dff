import { useMemo } from 'react'
import * as z from 'zod/mini'
import { type Step, stepSchema } from '../../api/authenticate.ts'
import type { Change, Trial } from '../../api/script-trial.ts'
import { CallbackForm } from '../editor/run/callback-form.tsx'
import { noChoices } from '../editor/run/choices/run-choices.ts'

type Props = { trial: Trial; onAnswer(step: Step): void }

/** The result of a trial: outcome or error, state changes, callbacks to answer, and log. */
export function TrialResult({ trial, onAnswer }: Props) {
  return (
    <>
      <section className="gap-2 pad-4" aria-label="Result">
        <h3 className="fine strong">Result</h3>
        <Verdict trial={trial} />
        {trial.config !== null && (
          <pre className="code text-small">{JSON.stringify(trial.config, null, 2)}</pre>
        )}
        <StateAfter trial={trial} />
      </section>
      <section className="gap-2 pad-4">
        <h3 className="fine strong">Callbacks</h3>
        <Asked trial={trial} onAnswer={onAnswer} />
      </section>
      <section className="gap-2 pad-4">
        <h3 className="fine strong">Log</h3>
        <Log trial={trial} />
      </section>
    </>
  )
}

function StateAfter({ trial }: { trial: Trial }) {
  const changes = Object.entries(trial.state)
  if (changes.length === 0) return null
  return (
    <>
      <h3 className="fine strong">State after</h3>
      <ul className="changes text-small mono">
        {changes.map(([key, change]) => (
          <ChangeLine key={key} name={key} change={change} />
        ))}
      </ul>
    </>
  )
}

function Asked({ trial, onAnswer }: Props) {
  const step = useMemo(() => z.parse(stepSchema, { authId: '', callbacks: trial.callbacks }), [trial])
  if (step.callbacks.length === 0) return <p className="note">None. The node continues without input.</p>
  return (
    <CallbackForm
      step={step}
      choices={noChoices}
      isWaiting={false}
      submitLabel="Answer"
      onAnswer={onAnswer}
    />
  )
}

function Log({ trial }: { trial: Trial }) {
  if (trial.log.length === 0) return <p className="note">No log messages.</p>
  return (
    <ol className="log">
      {trial.log.map(({ level, at, message }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the log lines of a trial never change
        <li className="gap-2 text-small mono breaks" key={index}>
          <span className="figures">{at.toFixed(1)} ms</span>
          <span className={level === 'error' || level === 'warn' ? 'ink-bad' : 'muted'}>{level}</span>
          <span>{message}</span>
        </li>
      ))}
    </ol>
  )
}

function Verdict({ trial }: { trial: Trial }) {
  const { error, outcome, callbacks, cpuMilliseconds, memoryBytes, limits } = trial
  const cost = `${cpuMilliseconds.toFixed(1)} of ${limits.cpuMilliseconds} ms · ${megabytes(memoryBytes ?? 0)} of ${megabytes(limits.memoryBytes)} MB`
  if (error !== null) {
    const place = error.line === null ? '' : ` (line ${error.line})`
    return (
      <p className="verdict error wrap align-baseline justify-between gap-2 pad-2" role="status">
        <b className="ink-bad text-body">The script failed{place}</b>
        <span>{error.message}</span>
      </p>
    )
  }
  return (
    <p className="verdict wrap align-baseline justify-between gap-2 pad-2" role="status">
      <b className="ink-accent">{outcome ?? (callbacks.length > 0 ? 'Waiting for input' : 'No outcome')}</b>
      <small className="figures fine">{cost}</small>
    </p>
  )
}

const signs = { added: '+', changed: '~', removed: '−' } as const

function ChangeLine({ name, change }: { name: string; change: Change }) {
  const value = change.change === 'removed' ? '' : ` = ${JSON.stringify(change.after)}`
  const part = change.part === 'shared' ? '' : ` (${change.part})`
  return (
    <li className={`flex gap-2 breaks ${change.change}`}>
      <span aria-hidden="true">{signs[change.change]}</span>
      <span className="spoken">{change.change}</span>
      <span>
        {name}
        {part}
        {value}
      </span>
    </li>
  )
}

function megabytes(bytes: number): string {
  return (bytes / 1_048_576).toFixed(1)
}
