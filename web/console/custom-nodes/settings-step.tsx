import { Switch, TagsInput } from '@mantine/core'
import { NodePreview } from './node-preview.tsx'
import type { StepProps } from './step-props.ts'

export function SettingsStep({ draft, change, problemOf }: StepProps) {
  return (
    <div className="pane">
      <div>
        <h2>Settings</h2>
        <p>The ways out of this node.</p>
        <div className="fields">
          <TagsInput
            label="Outcomes"
            placeholder="Add an outcome"
            description={
              <>
                The script leaves by one of them: <code>action.goTo("{draft.outcomes[0] ?? 'Next'}")</code>.
              </>
            }
            value={[...draft.outcomes]}
            error={problemOf('outcomes')}
            onChange={(outcomes) => change({ outcomes })}
          />
          <Switch
            label="Error Outcome"
            description="Adds “Script Error”: taken when the script throws, runs too long, or names an unknown outcome. A failing script never counts as success."
            checked={draft.hasErrorOutcome}
            onChange={(event) => change({ hasErrorOutcome: event.currentTarget.checked })}
          />
          <TagsInput
            label="State that the script reads"
            description="For findings: keys that an earlier node has to write."
            value={[...draft.inputs]}
            onChange={(inputs) => change({ inputs })}
          />
          <TagsInput
            label="State that the script writes"
            value={[...draft.outputs]}
            onChange={(outputs) => change({ outputs })}
          />
        </div>
      </div>
      <NodePreview draft={draft} />
    </div>
  )
}
