import { Button, Textarea, TextInput } from '@mantine/core'
import { IconLanguage, IconX } from '@tabler/icons-react'
import { isJsonObject } from '../../../api/json.ts'
import { IconButton } from '../../components/icon-button.tsx'
import { type FieldProps, inputProps } from './field.ts'
import { FieldGroup } from './field-group.tsx'
import { useRows } from './use-rows.ts'

export function LocalisedTextField(props: FieldProps) {
  const { value, onChange, onDone } = props
  const { label } = inputProps(props)
  const { rows, setRow, addRow, removeRow } = useRows(isJsonObject(value) ? value : {}, onChange)
  return (
    <FieldGroup field={props}>
      {rows.map(({ key, text, id }, at) => (
        <div className="pair texts stack align-start full-width gap-1" key={id}>
          <TextInput
            size="xs"
            aria-label={`${label}, language ${at + 1}`}
            placeholder="en"
            value={key}
            onBlur={onDone}
            onChange={({ currentTarget }) => setRow(at, { key: currentTarget.value.trim() })}
          />
          <Textarea
            size="xs"
            autosize
            minRows={1}
            maxRows={8}
            aria-label={`${label} (${key || 'no language yet'})`}
            value={text}
            lang={key || undefined}
            dir="auto"
            onBlur={onDone}
            onChange={({ currentTarget }) => setRow(at, { text: currentTarget.value })}
          />
          <IconButton
            label={`Remove ${key || 'this language'}`}
            icon={IconX}
            iconSize={14}
            onClick={() => removeRow(at)}
          />
        </div>
      ))}
      <Button
        variant="subtle"
        size="compact-xs"
        leftSection={<IconLanguage size={14} aria-hidden />}
        aria-label={`Add a language to ${label}`}
        onClick={() => addRow(rows.some(({ key }) => key === 'en') ? '' : 'en')}
      >
        {rows.length === 0 ? 'Add a text' : 'Add a language'}
      </Button>
    </FieldGroup>
  )
}
