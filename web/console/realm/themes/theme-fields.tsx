import { MultiSelect, NumberInput, Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { isJsonObject, type Json, type JsonObject } from '../../../api/json.ts'
import { listJourneyNames } from '../../../api/references.ts'
import type { Setting } from '../../../api/setting.ts'
import { NestedField } from '../../form/settings-form.tsx'
import type { Draft } from '../../saving/use-draft.ts'
import { PictureField } from './picture-field.tsx'
import { journeysOf } from './theme-document.ts'
import { inLanguages, maxPictureBytes, textSettings } from './theme-settings.ts'

type Props = { realm: string; document: JsonObject; set: Draft['set'] }

const noProblems: ReadonlyMap<string, string> = new Map()

/** Settings of a theme besides colours. */
export function ThemeFields({ realm, document, set }: Props) {
  const { data: names = [] } = useQuery({
    queryKey: ['journey-names', realm],
    queryFn: () => listJourneyNames(realm),
  })
  const linked = journeysOf(document)
  return (
    <>
      {Object.entries(textSettings).map(([name, setting]) => (
        <ThemeField key={name} name={name} setting={setting} value={document[name]} set={set} />
      ))}
      <NumberInput
        label="Logo height"
        description="In pixels, 16 to 400."
        min={16}
        max={400}
        value={Number(document.logoHeight) || ''}
        onChange={(height) => set(['logoHeight'], typeof height === 'number' ? height : undefined)}
      />
      <Switch
        label="Realm default"
        description="Used for journeys without a theme. Replaces the current default."
        checked={document.isDefault === true}
        onChange={({ currentTarget: { checked } }) => set(['isDefault'], checked)}
      />
      <MultiSelect
        label="Journeys"
        description="Journeys that use this theme. A journey has only one theme, so it loses its current one."
        searchable
        data={[...new Set([...names, ...linked])]}
        value={linked}
        onChange={(chosen) => set(['linkedTrees'], chosen)}
      />
    </>
  )
}

type FieldProps = { name: string; setting: Setting; value: Json | undefined; set: Draft['set'] }

/** A text or a picture. Those of themes from other tools may have several languages. */
function ThemeField({ name, setting, value, set }: FieldProps) {
  const maxBytes = maxPictureBytes[name]
  if (maxBytes !== undefined && !isJsonObject(value)) {
    return (
      <PictureField
        label={setting.title}
        description={setting.description}
        value={typeof value === 'string' ? value : ''}
        maxBytes={maxBytes}
        onChange={(picture) => set([name], picture)}
      />
    )
  }
  return (
    <NestedField
      path={[name]}
      setting={isJsonObject(value) ? inLanguages(setting) : setting}
      value={value}
      problems={noProblems}
      onChange={(path, next) => set(path, next === '' && name !== 'name' ? undefined : next)}
    />
  )
}
