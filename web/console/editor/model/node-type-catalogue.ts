import type { Family, NodeType, NodeTypes, Outcome } from '../../../api/node-types.ts'
import type { Setting } from '../../../api/setting.ts'
import type { DescribeSetting } from './differences.ts'

/** The node types of a realm, to look things up in. */
export type NodeTypeCatalogue = {
  /** In the order of the server; for each id the newest version. */
  newest: readonly NodeType[]
  families: NodeTypes['families']
  /** The type of a node; without that version of it, its first. */
  find(type: string, version?: string): NodeType | undefined
  describeSetting: DescribeSetting
}

export function nodeTypeCatalogue({ result, families }: NodeTypes): NodeTypeCatalogue {
  const byName = Map.groupBy(result, ({ type }) => type)
  const find = (type: string, version?: string) => {
    const versions = byName.get(type)
    return versions?.find((each) => each.version === version) ?? versions?.[0]
  }
  return {
    newest: result.filter(({ isNewest, isSupported }) => isNewest && isSupported),
    families,
    find,
    describeSetting: (type, setting) => {
      const known = find(type)?.settings?.properties[setting]
      return { title: known?.title || setting, isSecret: known?.refers?.to === 'secret' }
    },
  }
}

/** Settings in the order of their form. */
export function settingsInOrder(type: NodeType): [name: string, setting: Setting][] {
  return Object.entries(type.settings?.properties ?? {}).sort(
    ([, one], [, other]) => one.propertyOrder - other.propertyOrder,
  )
}

/** The setting of a type whose value names another journey. */
export function journeySettingOf(type: NodeType | undefined): string | undefined {
  return Object.entries(type?.settings?.properties ?? {}).find(
    ([, { refers }]) => refers?.to === 'journey',
  )?.[0]
}

/** Ways out that are the same whatever the settings are. */
export function fixedOutcomes(type: NodeType | undefined): readonly Outcome[] | undefined {
  return type?.outcomesFrom === 'fixed' && type.outcomes !== null ? type.outcomes : undefined
}

/** What the colour of a tile is called in the tokens. */
export function familyClass(family: Family | undefined): string {
  const names: Readonly<Record<Family, string>> = {
    backchannel: 'back',
    collect: 'collect',
    identity: 'identity',
    decide: 'decide',
    device: 'device',
    flow: 'flow',
    custom: 'script',
  }
  return family === undefined ? 'flow' : names[family]
}
