import { TagsInput, Textarea, TextInput } from '@mantine/core'
import { NodePreview } from './node-preview.tsx'
import type { StepProps } from './step-props.ts'

export function NameStep({ draft, change, problemOf }: StepProps) {
  return (
    <div className="pane">
      <div>
        <h2 tabIndex={-1}>Name and description</h2>
        <p>Shown on the canvas and in the list of node types.</p>
        <div className="fields">
          <TextInput
            label="Name"
            data-autofocus
            value={draft.name}
            error={problemOf('name')}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <Textarea
            label="Description"
            autosize
            minRows={3}
            value={draft.description}
            onChange={(event) => change({ description: event.currentTarget.value })}
          />
          <TagsInput
            label="Tags"
            description="Search terms for the list of node types."
            value={[...draft.tags]}
            onChange={(tags) => change({ tags })}
          />
        </div>
      </div>
      <NodePreview draft={draft} />
    </div>
  )
}
