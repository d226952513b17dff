import { useState } from 'react'
import { ScriptWorkbench } from '../script-editor/script-workbench.tsx'
import { emptyFields, type TrialFields } from '../script-editor/trial-fields.ts'
import { defaultOf, outcomesOf } from './draft.ts'
import type { StepProps } from './step-props.ts'

export function ScriptStep({ draft, change, realm }: Omit<StepProps, 'problemOf'> & { realm: string }) {
  const [fields, setFields] = useState<TrialFields>(() => ({ ...emptyFields, properties: defaultsOf(draft) }))
  return (
    <>
      <h2 className="spoken" tabIndex={-1}>
        Script
      </h2>
      <ScriptWorkbench
        subject={{
          realm,
          source: draft.script,
          context: 'NODE_DESIGNER',
          evaluatorVersion: '2.0',
          name: draft.name || 'Draft',
          outcomes: outcomesOf(draft),
        }}
        propertyNames={draft.properties.map(({ name }) => name)}
        fields={fields}
        onFields={setFields}
        onSource={(script) => change({ script })}
      />
    </>
  )
}

/** The settings of a new node. */
function defaultsOf({ properties }: StepProps['draft']): string {
  const defaults = properties.map((property) => [
    property.name,
    defaultOf(property) ?? (property.isMultiple ? [] : ''),
  ])
  return JSON.stringify(Object.fromEntries(defaults), null, 2)
}
