import './trial-panel.css'
import { Button } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import { ErrorNotice } from '../components/error-notice.tsx'
import type { TrialFields } from './trial-fields.ts'
import { TrialForm } from './trial-form.tsx'
import { TrialResult } from './trial-result.tsx'
import { type TrialSubject, useTrial } from './use-trial.ts'

type TrialPanelProps = {
  subject: TrialSubject
  fields: TrialFields
  onFields(fields: TrialFields): void
  /** Increases with each run that is started elsewhere. */
  runs: number
}

/** Tries the script with the given input and shows the result. */
export function TrialPanel({ subject, fields, onFields, runs }: TrialPanelProps) {
  const [effects, setEffects] = useState(false)
  const { run, answer, problem, isOld, isRunning, error, result } = useTrial(subject, fields, effects, runs)
  return (
    <aside className="try" aria-label="Try it">
      <header className="row gap-2">
        <h2 className="heading-3">Try it</h2>
        {isOld && <span className="chip">script has changed</span>}
        <Button
          size="xs"
          loading={isRunning}
          leftSection={<IconPlayerPlay size={14} aria-hidden />}
          onClick={run}
        >
          Run
        </Button>
      </header>
      <TrialForm
        fields={fields}
        onFields={onFields}
        problem={problem}
        effects={effects}
        onEffects={setEffects}
      />
      {error !== null && <ErrorNotice title="The script could not be tried" error={error} onRetry={run} />}
      {result !== undefined && <TrialResult trial={result} onAnswer={answer} />}
    </aside>
  )
}
