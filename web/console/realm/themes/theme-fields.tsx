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

/** What a theme says beside its colours. */
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
        label="Height of the logo"
        description="Pixels, 16 to 400."
        min={16}
        max={400}
        value={Number(document.logoHeight) || ''}
        onChange={(height) => set(['logoHeight'], typeof height === 'number' ? height : undefined)}
      />
      <Switch
        label="Default of the realm"
        description="For journeys that no theme names. There is one default: the one before gives way."
        checked={document.isDefault === true}
        onChange={({ currentTarget: { checked } }) => set(['isDefault'], checked)}
      />
      <MultiSelect
        label="Journeys"
        description="Whose pages it is for. A journey has one theme: it leaves the one it had."
        searchable
        data={[...new Set([...names, ...linked])]}
        value={linked}
        onChange={(chosen) => set(['linkedTrees'], chosen)}
      />
    </>
  )
}
