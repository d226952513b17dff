import { Button, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormContext } from '../form-context.tsx'
import { scriptsQuery } from '../scripts-query.ts'
import { type FieldProps, inputProps } from './field.ts'
import { NewScriptDialog } from './new-script-dialog.tsx'
import { withCurrentOption } from './with-current.ts'

/** AM's value for "no script". */
const noScript = '[Empty]'

/** Selects a script that the node can run, with buttons to create one and to open the selected one. */
export function ScriptField(props: FieldProps) {
  const { value, setting, onChange } = props
  const { realm } = useFormContext()
  const { data: scripts } = useQuery(scriptsQuery(realm))
  const [isNew, setNew] = useState(false)
  const contexts = setting.refers?.contexts ?? []
  const data = scripts
    ?.filter(({ context }) => contexts.length === 0 || contexts.includes(context))
    .map(({ _id, name }) => ({ value: _id, label: name }))
  const chosen = typeof value === 'string' && value !== '' && value !== noScript ? value : null
  return (
    <div>
      <Select
        {...inputProps(props)}
        searchable
        data={withCurrentOption(data, chosen)}
        // The value is an id, which means nothing to people.
        value={scripts === undefined ? null : chosen}
        allowDeselect={false}
        placeholder={scripts === undefined ? '' : 'Choose a script'}
        nothingFoundMessage="No match"
        onChange={(id) => onChange(id ?? noScript)}
      />
      <div className="below row justify-between text-small">
        {chosen !== null && (
          <Link to="/scripts/$id" params={{ id: chosen }} search={{ realm }}>
            Open script
          </Link>
        )}
        <Button variant="subtle" size="compact-xs" onClick={() => setNew(true)}>
          New script
        </Button>
      </div>
      {isNew && (
        <NewScriptDialog
          contexts={contexts}
          onClose={() => setNew(false)}
          onCreated={(id) => {
            onChange(id)
            setNew(false)
          }}
        />
      )}
    </div>
  )
}
