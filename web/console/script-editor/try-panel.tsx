import './try-panel.css'
import { Button, Checkbox, Textarea } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type TrialRequest, tryScript } from '../../wire/script-trial.ts'
import { Trouble } from '../frame/trouble.tsx'
import { readFields, type TrialField, type TrialFields } from './trial-fields.ts'
import { TrialResult } from './trial-result.tsx'

/** The script at hand, and how to start it from elsewhere (a key in the editor). */
export type Tried = Omit<TrialRequest, 'state'> & { realm: string }

const more: readonly (readonly [TrialField, string, string])[] = [
  ['transient', 'Transient state', 'Gone after the next page.'],
  ['properties', 'Properties', 'The settings of the node.'],
  ['answers', 'Answers', 'Callbacks that were answered, such as {"type": "NameCallback", "value": "elena"}.'],
  ['headers', 'Request headers', 'Names in lower case.'],
  ['parameters', 'Request parameters', 'A text or a list of texts each.'],
]

/** Runs the script at hand with a chosen state, and shows what it did. `runs` counts requests from elsewhere. */
export function TryPanel({
  tried,
  fields,
  onFields,
  runs,
}: {
  tried: Tried
  fields: TrialFields
  onFields(fields: TrialFields): void
  runs: number
}) {
  const [effects, setEffects] = useState(false)
  const [problem, setProblem] = useState<{ field: TrialField; problem: string }>()
  const { realm, ...request } = tried
  const trial = useMutation({ mutationFn: (asked: TrialRequest) => tryScript(realm, asked) })
  const run = () => {
    const read = readFields(fields)
    setProblem(read.kind === 'wrong' ? read : undefined)
    if (read.kind === 'read') trial.mutate({ ...request, ...read.given, effects })
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: a request from elsewhere runs what is there at that moment
  useEffect(() => {
    if (runs > 0) run()
  }, [runs])
  const isOld = trial.variables !== undefined && trial.variables.source !== request.source
  const field = (name: TrialField, label: string, hint?: string) => (
    <Textarea
      key={name}
      label={label}
      description={hint}
      classNames={{ input: 'code' }}
      autosize
      minRows={name === 'shared' ? 3 : 1}
      maxRows={12}
      value={fields[name]}
      error={problem?.field === name && problem.problem}
      onChange={(event) => onFields({ ...fields, [name]: event.currentTarget.value })}
    />
  )
  return (
    <aside className="try" aria-label="Try it">
      <header>
        <h2>Try it</h2>
        {isOld && <span className="chip">script changed since</span>}
        <Button
          size="xs"
          loading={trial.isPending}
          leftSection={<IconPlayerPlay size={14} aria-hidden />}
          onClick={run}
        >
          Run
        </Button>
      </header>
      <section>
        {field('shared', 'State before')}
        <details>
          <summary>Properties, callbacks, request</summary>
          <div className="fields">
            {more.map(([name, label, hint]) => field(name, label, hint))}
            <Checkbox
              label="Really change people and send requests"
              checked={effects}
              onChange={(event) => setEffects(event.currentTarget.checked)}
            />
          </div>
        </details>
      </section>
      {trial.error !== null && <Trouble what="The script was not tried" error={trial.error} onRetry={run} />}
      {trial.data !== undefined && <TrialResult trial={trial.data} />}
    </aside>
  )
}
