import type { Setting } from '../../../api/setting.ts'
import type { Path } from '../../saving/changes.ts'

/** What people call a setting: its title, behind that of the group it is in. */
export function settingTitle(schema: Setting, path: Path): string {
  const titles: string[] = []
  let at: Setting | undefined = schema
  for (const name of path) {
    const inner: Setting | undefined = propertiesOf(at)?.[name]
    titles.push(inner?.title || name)
    at = inner
  }
  return titles.join(', ')
}

function propertiesOf(setting: Setting | undefined): Setting['properties'] {
  const { properties, items, anyOf } = setting ?? {}
  return properties ?? items?.properties ?? anyOf?.find((each) => each.properties !== undefined)?.properties
}
