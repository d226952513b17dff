import { useMemo, useState } from 'react'
import type { PersonSchema } from '../../../api/person-schema.ts'
import { FormContext } from '../../form/form-context.tsx'
import { NestedField } from '../../form/settings-form.tsx'
import { SaveBar } from '../../saving/save-bar.tsx'
import type { Draft } from '../../saving/use-draft.ts'
import { policyProblems } from '../policy-messages.ts'
import { AddAttribute } from './add-attribute.tsx'
import { attributeTitle, missingAttributes, settingOf, shownAttributes } from './attributes.ts'

type Props = { realm: string; draft: Draft; schema: PersonSchema }

/** The attributes of a person. Policy problems are shown at their fields. */
export function ProfileForm({ realm, draft, schema }: Props) {
  const { document, base, saveState, set } = draft
  const [added, setAdded] = useState<readonly string[]>([])
  const formContext = useMemo(() => ({ realm, stateKeys: [], nodeTypes: [] }), [realm])
  const problems = policyProblems(saveState.kind === 'refused' ? saveState.error : null)
  // Emptied attributes stay visible until they are saved.
  const shown = shownAttributes({ ...base.document, ...document }, schema, added)
  const titles = [...problems.keys()].map((name) => `“${attributeTitle(schema, name.split('/'))}”`)
  return (
    <FormContext value={formContext}>
      <div className="profile stack gap-4">
        {shown.map((name) => (
          <NestedField
            key={name}
            path={[name]}
            setting={settingOf(name, schema, base.document[name])}
            value={document[name]}
            problems={new Map([...problems].map(([at, problem]) => [at.replaceAll('/', '.'), problem]))}
            onChange={(path, value) =>
              set(path, value === '' && !schema.required.includes(name) ? undefined : value)
            }
          />
        ))}
        <AddAttribute
          missing={missingAttributes(schema, shown)}
          taken={shown}
          onAdd={(name) => setAdded((names) => [...names, name])}
        />
        <SaveBar
          draft={draft}
          serverError={titles.length === 0 ? undefined : `Fix these fields: ${titles.join(', ')}.`}
        />
      </div>
    </FormContext>
  )
}
