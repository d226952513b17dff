import { Switch, TagsInput } from '@mantine/core'
import { NodePreview } from './node-preview.tsx'
import type { StepProps } from './step-props.ts'

export function SettingsStep({ draft, change, problemOf }: StepProps) {
  return (
    <div className="pane">
      <div>
        <h2 className="heading-1" tabIndex={-1}>
          Settings
        </h2>
        <p>The outcomes of this node and the state that its script uses.</p>
        <div className="fields stack gap-5">
          <TagsInput
            label="Outcomes"
            placeholder="Add an outcome"
            description={
              <>
                The script chooses one of them: <code>action.goTo("{draft.outcomes[0] ?? 'Next'}")</code>.
              </>
            }
            value={[...draft.outcomes]}
            error={problemOf('outcomes')}
            onChange={(outcomes) => change({ outcomes })}
          />
          <Switch
            label="Error outcome"
            description="Adds “Script Error”, which is taken when the script throws, times out or names an unknown outcome. A failing script never counts as success."
            checked={draft.hasErrorOutcome}
            onChange={(event) => change({ hasErrorOutcome: event.currentTarget.checked })}
          />
          <TagsInput
            label="State keys that the script reads"
            description="Used for findings: an earlier node must write these keys."
            value={[...draft.inputs]}
            onChange={(inputs) => change({ inputs })}
          />
          <TagsInput
            label="State keys that the script writes"
            value={[...draft.outputs]}
            onChange={(outputs) => change({ outputs })}
          />
        </div>
      </div>
      <NodePreview draft={draft} />
    </div>
  )
}
