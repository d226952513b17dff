import type { CustomNode } from '../../api/custom-nodes.ts'
import type { JourneyRow } from '../../api/journeys.ts'
import type { FoundPerson } from '../../api/people.ts'
import type { Script } from '../../api/scripts.ts'
import type { Setting } from '../../api/setting.ts'
import { inOrder, optionalPart, variantsOf } from '../form/nested-kind.ts'
import { personName } from '../identities/person-name.ts'
import { groupsOf } from '../realm/settings/groups.ts'
import { typeTitle } from '../scripts/script-contexts.ts'
import type { Entry } from './search-entries.ts'

export function journeyEntries(journeys: readonly JourneyRow[]): Entry[] {
  return journeys.map(({ _id, description, categories }) => ({
    kind: 'journey',
    id: _id,
    name: _id,
    detail: joined([description, ...categories]),
  }))
}

/** The nodes of journeys, also found by their type. */
export function nodeEntries(journeys: readonly JourneyRow[]): Entry[] {
  return journeys.flatMap(({ _id, picture }) =>
    Object.entries(picture.nodes).map(
      ([id, { name, type }]): Entry => ({
        kind: 'node',
        id,
        journey: _id,
        name,
        detail: `In ${_id}`,
        words: wordsOf(type),
      }),
    ),
  )
}

/** `PollingWaitNode` as `Polling Wait Node`. */
function wordsOf(type: string): string {
  return type.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
}

export function customNodeEntries(nodes: readonly CustomNode[]): Entry[] {
  return nodes.map(({ _id, displayName, description }) => ({
    kind: 'customNode',
    id: _id,
    name: displayName,
    detail: description ?? '',
  }))
}

export function scriptEntries(scripts: readonly Script[]): Entry[] {
  return scripts.map((script) => ({
    kind: 'script',
    id: script.id,
    name: script.name,
    detail: joined([typeTitle(script), script.description]),
  }))
}

/** People that the server found. */
export function personEntries(people: readonly FoundPerson[]): Entry[] {
  return people.map((person) => {
    const name = personName(person)
    return {
      kind: 'person',
      id: person._id,
      name,
      detail: joined([person.userName === name ? '' : person.userName, person.mail]),
      isFound: true,
    }
  })
}

/** The groups of the realm settings, and every setting in them. */
export function realmSettingEntries(schema: Setting): Entry[] {
  return groupsOf(Object.keys(schema.properties ?? {})).flatMap((group) => [
    {
      kind: 'setting' as const,
      id: group.id,
      name: group.title,
      detail: joined(['Realm settings', group.description]),
      words: group.words ?? '',
    },
    ...group.members.flatMap((name) => {
      const setting = schema.properties?.[name]
      return setting === undefined ? [] : settingEntries(setting, [name], [group.title])
    }),
  ])
}

function joined(parts: readonly (string | undefined)[]): string {
  return parts.filter((text) => text !== undefined && text !== '').join(' · ')
}

/** A setting, and the settings in it. @param under titles of the groups that it is in. */
function settingEntries(setting: Setting, path: readonly string[], under: readonly string[]): Entry[] {
  if (setting.const !== undefined) return []
  const { title, description } = setting
  const isOwn = title !== '' && title !== under.at(-1)
  const own: Entry[] = isOwn
    ? [
        {
          kind: 'setting',
          id: path.join('.'),
          name: title,
          detail: `Realm settings › ${under.join(' › ')}`,
          words: description,
        },
      ]
    : []
  const inner = new Map(
    [setting, optionalPart(setting), ...(variantsOf(setting) ?? [])].flatMap((each) =>
      each === undefined ? [] : inOrder(each),
    ),
  )
  const below = isOwn ? [...under, title] : under
  return [...own, ...[...inner].flatMap(([name, each]) => settingEntries(each, [...path, name], below))]
}
