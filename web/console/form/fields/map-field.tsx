import { Button, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { isJsonObject } from '../../../api/json.ts'
import { IconButton } from '../../components/icon-button.tsx'
import { type FieldProps, inputProps } from './field.ts'
import { FieldGroup } from './field-group.tsx'
import { useRows } from './use-rows.ts'

/** A map of names to texts. */
export function MapField(props: FieldProps) {
  const { value, onChange, onDone } = props
  const { label } = inputProps(props)
  const { rows, setRow, addRow, removeRow } = useRows(isJsonObject(value) ? value : {}, onChange)
  return (
    <FieldGroup field={props}>
      {rows.map(({ key, text, id }, at) => (
        <div className="pair stack align-start full-width gap-1" key={id}>
          <TextInput
            size="xs"
            aria-label={`${label}, name ${at + 1}`}
            placeholder="Name"
            value={key}
            onBlur={onDone}
            onChange={({ currentTarget }) => setRow(at, { key: currentTarget.value })}
          />
          <TextInput
            size="xs"
            aria-label={`${label}, value ${at + 1}`}
            placeholder="Value"
            value={text}
            dir="auto"
            onBlur={onDone}
            onChange={({ currentTarget }) => setRow(at, { text: currentTarget.value })}
          />
          <IconButton
            label={`Remove ${key || 'this row'}`}
            icon={IconX}
            iconSize={14}
            onClick={() => removeRow(at)}
          />
        </div>
      ))}
      <Button
        variant="subtle"
        size="compact-xs"
        leftSection={<IconPlus size={14} aria-hidden />}
        aria-label={`Add to ${label}`}
        onClick={() => addRow('')}
      >
        Add
      </Button>
    </FieldGroup>
  )
}
