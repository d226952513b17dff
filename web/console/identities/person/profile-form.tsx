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

/** Somebody's attributes. What policies have against a value is told at its field. */
export function ProfileForm({ realm, draft, schema }: Props) {
  const { document, base, saveState, set } = draft
  const [added, setAdded] = useState<readonly string[]>([])
  const surroundings = useMemo(() => ({ realm, stateKeys: [], nodeTypes: [] }), [realm])
  const problems = policyProblems(saveState.kind === 'refused' ? saveState.error : null)
  // What was emptied stays to be seen until it is saved.
  const shown = shownAttributes({ ...base.document, ...document }, schema, added)
  const places = [...problems.keys()].map((name) => `“${attributeTitle(schema, name.split('/'))}”`)
  return (
    <FormContext value={surroundings}>
      <div className="profile">
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
          onAdd={(name) => setAdded((held) => [...held, name])}
        />
        <SaveBar
          draft={draft}
          serverError={places.length === 0 ? undefined : `Not right: ${places.join(', ')}.`}
        />
      </div>
    </FormContext>
  )
}
