import { ActionIcon, Button } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { isJsonObject } from '../../api/json.ts'
import { LocalisedTextField } from './fields/localised-text-field.tsx'
import { type NestedProps, textsByKey } from './nested-kind.ts'

/** Texts in several languages, each under a generated key. */
export function TextsByKeyField({ setting, path, value, problems, onChange }: NestedProps) {
  const texts = isJsonObject(value) ? value : {}
  const inner = textsByKey(setting) ?? setting
  const title = inner.title || setting.title
  const remove = (key: string) => {
    const { [key]: _, ...others } = texts
    onChange(path, others)
  }
  return (
    <fieldset className="settings-group">
      <legend>{setting.title}</legend>
      {setting.description !== '' && <p className="hint">{setting.description}</p>}
      {Object.entries(texts).map(([key, text], at) => (
        <div key={key} className="settings-item">
          <div className="item-acts">
            <span />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Remove ${title} ${at + 1}`}
              onClick={() => remove(key)}
            >
              <IconTrash size={16} stroke={1.75} aria-hidden />
            </ActionIcon>
          </div>
          <LocalisedTextField
            name={[...path, key].join('.')}
            setting={{ ...inner, title: `${title} ${at + 1}` }}
            value={text}
            isRequired={false}
            error={problems.get([...path, key].join('.'))}
            onChange={(next) => onChange([...path, key], next ?? {})}
            onDone={() => {}}
          />
        </div>
      ))}
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => onChange([...path, freeKey(Object.keys(texts))], { en: '' })}
      >
        Add {title.toLowerCase()}
      </Button>
    </fieldset>
  )
}

function freeKey(taken: readonly string[]): string {
  const numbers = taken.map(Number).filter((number) => Number.isInteger(number))
  return String(Math.max(0, ...numbers) + 1)
}
