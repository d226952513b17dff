import { Checkbox, Textarea } from '@mantine/core'
import type { TrialField, TrialFields } from './trial-fields.ts'
import type { FieldProblem } from './use-trial.ts'

const more: readonly (readonly [TrialField, string, string])[] = [
  ['transient', 'Transient state', 'Gone after the next page.'],
  ['properties', 'Properties', 'The settings of the node.'],
  ['answers', 'Answers', 'Callbacks that were answered, such as {"type": "NameCallback", "value": "elena"}.'],
  ['headers', 'Request headers', 'Names in lower case.'],
  ['parameters', 'Request parameters', 'A text or a list of texts each.'],
]

type TrialFormProps = {
  fields: TrialFields
  onFields(fields: TrialFields): void
  problem: FieldProblem | undefined
  effects: boolean
  onEffects(effects: boolean): void
}

/** What a trial begins with: the state, and all that a request may bring. */
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
    <section>
      {field('shared', 'State before')}
      <details>
        <summary>Properties, callbacks, request</summary>
        <div className="fields">
          {more.map(([name, label, hint]) => field(name, label, hint))}
          <Checkbox
            label="Really change people and send requests"
            checked={effects}
            onChange={(event) => onEffects(event.currentTarget.checked)}
          />
        </div>
      </details>
    </section>
  )
}
