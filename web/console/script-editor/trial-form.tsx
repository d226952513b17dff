import { Checkbox, Textarea } from '@mantine/core'
import type { TrialField, TrialFields } from './trial-fields.ts'
import type { FieldProblem } from './use-trial.ts'

const more: readonly (readonly [TrialField, string, string])[] = [
  ['transient', 'Transient state', 'Deleted after the next page.'],
  ['properties', 'Properties', 'Settings of the node.'],
  ['answers', 'Answers', 'Answered callbacks, such as {"type": "NameCallback", "value": "elena"}.'],
  ['headers', 'Request headers', 'Names in lowercase.'],
  ['parameters', 'Request parameters', 'Each value is a text or a list of texts.'],
]

type TrialFormProps = {
  fields: TrialFields
  onFields(fields: TrialFields): void
  problem: FieldProblem | undefined
  effects: boolean
  onEffects(effects: boolean): void
}

/** Form for the input of a trial: state and request data. */
export function TrialForm({ fields, onFields, problem, effects, onEffects }: TrialFormProps) {
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
    <section className="gap-2 pad-4">
      {field('shared', 'State before')}
      <details>
        <summary className="note">Properties, callbacks, request</summary>
        <div className="fields stack gap-3">
          {more.map(([name, label, hint]) => field(name, label, hint))}
          <Checkbox
            label="Live mode: change users and send real requests"
            checked={effects}
            onChange={(event) => onEffects(event.currentTarget.checked)}
          />
        </div>
      </details>
    </section>
  )
}
