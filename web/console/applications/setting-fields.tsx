import { NumberInput, Select, Switch, TagsInput, TextInput } from '@mantine/core'
import type { Draft } from '../saving/use-draft.ts'
import {
  type SettingName,
  settingPath,
  settingValue,
  textValue,
  textValues,
  titles,
} from './client-settings.ts'

type Props = { draft: Draft; name: SettingName; description?: string }

export function TextsSetting({ draft: { document, set }, name, description }: Props) {
  const texts = textValues(document, name)
  return (
    <TagsInput
      label={titles[name]}
      description={description}
      placeholder={texts.length === 0 ? 'Type and press Enter' : ''}
      acceptValueOnBlur
      dropdownOpened={false}
      // Scope texts and URLs can contain commas.
      splitChars={[]}
      value={texts}
      onChange={(values) => set(settingPath(document, name), values)}
    />
  )
}

export function TextSetting({ draft: { document, set }, name, description }: Props) {
  const value = textValue(document, name)
  return (
    <TextInput
      label={titles[name]}
      description={description}
      value={value}
      onChange={({ currentTarget }) => set(settingPath(document, name), currentTarget.value || undefined)}
    />
  )
}

export function SwitchSetting({ draft: { document, set }, name, description }: Props) {
  return (
    <Switch
      label={titles[name]}
      description={description}
      checked={settingValue(document, name) === true}
      onChange={({ currentTarget }) => set(settingPath(document, name), currentTarget.checked)}
    />
  )
}

/** A time in seconds. 0 means the default of the realm. */
export function SecondsSetting({ draft: { document, set }, name, description }: Props) {
  const value = settingValue(document, name)
  return (
    <NumberInput
      label={titles[name]}
      description={description}
      min={0}
      max={31_536_000}
      allowDecimal={false}
      clampBehavior="strict"
      value={typeof value === 'number' ? value : 0}
      onChange={(number) => set(settingPath(document, name), typeof number === 'number' ? number : 0)}
    />
  )
}

type Choices = Props & { choices: readonly { value: string; label: string }[] }

/** One of several values. The default is the first. */
export function ChoiceSetting({ draft: { document, set }, name, description, choices }: Choices) {
  return (
    <Select
      label={titles[name]}
      description={description}
      data={choices}
      allowDeselect={false}
      value={textValue(document, name, choices[0]?.value)}
      onChange={(chosen) => chosen !== null && set(settingPath(document, name), chosen)}
    />
  )
}
