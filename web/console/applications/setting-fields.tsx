import { NumberInput, Select, Switch, TagsInput, TextInput } from '@mantine/core'
import type { Draft } from '../saving/use-draft.ts'
import { type Place, pathOf, settingOf, textOf, textsOf, titles } from './client-settings.ts'

type Given = { draft: Draft; place: Place; about?: string }

/** Several texts; each is written, then Enter. */
export function TextsSetting({ draft: { document, set }, place, about }: Given) {
  const texts = textsOf(document, place)
  return (
    <TagsInput
      label={titles[place]}
      description={about}
      placeholder={texts.length === 0 ? 'Type and press Enter' : ''}
      acceptValueOnBlur
      dropdownOpened={false}
      // Texts of a scope and addresses may hold a comma.
      splitChars={[]}
      value={texts}
      onChange={(values) => set(pathOf(document, place), values)}
    />
  )
}

export function TextSetting({ draft: { document, set }, place, about }: Given) {
  const value = textOf(document, place)
  return (
    <TextInput
      label={titles[place]}
      description={about}
      value={value}
      onChange={({ currentTarget }) => set(pathOf(document, place), currentTarget.value || undefined)}
    />
  )
}

export function SwitchSetting({ draft: { document, set }, place, about }: Given) {
  return (
    <Switch
      label={titles[place]}
      description={about}
      checked={settingOf(document, place) === true}
      onChange={({ currentTarget }) => set(pathOf(document, place), currentTarget.checked)}
    />
  )
}

/** Seconds; 0 is the realm's time. */
export function SecondsSetting({ draft: { document, set }, place, about }: Given) {
  const value = settingOf(document, place)
  return (
    <NumberInput
      label={titles[place]}
      description={about}
      min={0}
      max={31_536_000}
      allowDecimal={false}
      clampBehavior="strict"
      value={typeof value === 'number' ? value : 0}
      onChange={(number) => set(pathOf(document, place), typeof number === 'number' ? number : 0)}
    />
  )
}

type Choices = Given & { choices: readonly { value: string; label: string }[] }

/** One of several; what is not set is the first. */
export function ChoiceSetting({ draft: { document, set }, place, about, choices }: Choices) {
  return (
    <Select
      label={titles[place]}
      description={about}
      data={choices}
      allowDeselect={false}
      value={textOf(document, place, choices[0]?.value)}
      onChange={(chosen) => chosen !== null && set(pathOf(document, place), chosen)}
    />
  )
}
