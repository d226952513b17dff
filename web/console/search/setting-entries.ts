import type { Setting } from '../../api/setting.ts'
import { inOrder, optionalPart, variantsOf } from '../form/nested-kind.ts'
import type { Entry } from './search-entries.ts'

/** A setting, and the settings in it. @param under titles of the groups that it is in. */
export function settingEntries(setting: Setting, path: readonly string[], under: readonly string[]): Entry[] {
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
