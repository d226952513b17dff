import { MultiSelect, NumberInput, Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { isJsonObject, type JsonObject } from '../../../api/json.ts'
import { listJourneyNames } from '../../../api/references.ts'
import { NestedField } from '../../form/settings-form.tsx'
import type { Draft } from '../../saving/use-draft.ts'
import { journeysOf } from './theme-document.ts'
import { inLanguages, textSettings } from './theme-settings.ts'

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
        <NestedField
          key={name}
          path={[name]}
          setting={isJsonObject(document[name]) ? inLanguages(setting) : setting}
          value={document[name]}
          problems={noProblems}
          onChange={(path, value) => set(path, value === '' && name !== 'name' ? undefined : value)}
        />
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
