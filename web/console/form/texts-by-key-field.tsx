import { Button, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { isJsonObject } from '../../api/json.ts'
import { IconButton } from '../components/icon-button.tsx'
import { LocalisedTextField } from './fields/localised-text-field.tsx'
import { type NestedProps, textsByKey } from './nested-kind.ts'

/** Texts in several languages, each under a key: generated, or chosen by people if the schema of the keys has a title. */
export function TextsByKeyField({ setting, path, value, problems, onChange }: NestedProps) {
  const texts = isJsonObject(value) ? value : {}
  const inner = textsByKey(setting) ?? setting
  const title = inner.title || setting.title
  const keyTitle = setting.propertyNames?.title
  const nameOf = (key: string, at: number) => (keyTitle === undefined ? `${title} ${at + 1}` : key)
  const remove = (key: string) => {
    const { [key]: _, ...others } = texts
    onChange(path, others)
  }
  return (
    <fieldset className="settings-group stack items-start gap-4" data-setting={path.join('.')}>
      <legend className="below-3 strong">{setting.title}</legend>
      {setting.description !== '' && <p className="hint fine">{setting.description}</p>}
      {Object.entries(texts).map(([key, text], at) => (
        <div key={key} className="settings-item stack gap-3">
          <div className="row gap-1">
            <span className="fine flexible" />
            <IconButton label={`Remove ${nameOf(key, at)}`} icon={IconTrash} onClick={() => remove(key)} />
          </div>
          <LocalisedTextField
            name={[...path, key].join('.')}
            setting={{ ...inner, title: nameOf(key, at) }}
            value={text}
            isRequired={false}
            error={problems.get([...path, key].join('.'))}
            onChange={(next) => onChange([...path, key], next ?? {})}
            onDone={() => {}}
          />
        </div>
      ))}
      {keyTitle === undefined ? (
        <AddButton
          title={title}
          onClick={() => onChange([...path, freeKey(Object.keys(texts))], { en: '' })}
        />
      ) : (
        <NewKey
          title={keyTitle}
          taken={Object.keys(texts)}
          onAdd={(key) => onChange(path, { ...texts, [key]: {} })}
        />
      )}
    </fieldset>
  )
}

type NewKeyProps = { title: string; taken: readonly string[]; onAdd(key: string): void }

function NewKey({ title, taken, onAdd }: NewKeyProps) {
  const [text, setText] = useState('')
  const key = text.trim()
  const isTaken = taken.includes(key)
  const add = () => {
    if (key === '' || isTaken) return
    onAdd(key)
    setText('')
  }
  return (
    <div className="pair">
      <TextInput
        size="xs"
        aria-label={title}
        placeholder={title}
        value={text}
        error={isTaken && 'This one has translations already.'}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          add()
        }}
      />
      <AddButton title={title} isDisabled={key === '' || isTaken} onClick={add} />
    </div>
  )
}

type AddButtonProps = { title: string; isDisabled?: boolean; onClick(): void }

function AddButton({ title, isDisabled = false, onClick }: AddButtonProps) {
  return (
    <Button
      variant="default"
      size="compact-sm"
      disabled={isDisabled}
      leftSection={<IconPlus size={14} aria-hidden />}
      onClick={onClick}
    >
      Add {title.toLowerCase()}
    </Button>
  )
}

function freeKey(taken: readonly string[]): string {
  const numbers = taken.map(Number).filter((number) => Number.isInteger(number))
  return String(Math.max(0, ...numbers) + 1)
}
