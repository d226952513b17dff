import type { Family, NodeType, NodeTypes, Outcome } from '../../../api/node-types.ts'
import type { Setting } from '../../../api/setting.ts'
import { pageType } from './draft.ts'

/** Gives the title of a setting, and whether its value is secret. */
export type DescribeSetting = (type: string, setting: string) => { title: string; isSecret: boolean }

/** Lookup of the realm's node types. */
export type NodeTypeCatalogue = {
  /** The newest version of each type, in the server's order. */
  newest: readonly NodeType[]
  /** The palette's groups, in order. */
  categories: NodeTypes['categories']
  /** The given version of a type, or its first version. */
  find(type: string, version?: string): NodeType | undefined
  /** Whether nodes of the type may stand on a page: no pages, and no nodes that ask for nothing. */
  fitsOnPage(type: string): boolean
  describeSetting: DescribeSetting
}

export function nodeTypeCatalogue({ result, categories }: NodeTypes): NodeTypeCatalogue {
  const byName = Map.groupBy(result, ({ type }) => type)
  const find = (type: string, version?: string) => {
    const versions = byName.get(type)
    return versions?.find((each) => each.version === version) ?? versions?.[0]
  }
  return {
    newest: result.filter(({ isNewest, isSupported }) => isNewest && isSupported),
    categories,
    find,
    fitsOnPage: (type) => type !== pageType && find(type)?.isInteractive !== false,
    describeSetting: (type, setting) => {
      const known = find(type)?.settings?.properties[setting]
      return { title: known?.title || setting, isSecret: known?.refers?.to === 'secret' }
    },
  }
}

export function settingsInOrder(type: NodeType): [name: string, setting: Setting][] {
  return Object.entries(type.settings?.properties ?? {}).sort(
    ([, one], [, other]) => one.propertyOrder - other.propertyOrder,
  )
}

/** The name of the setting that refers to another journey. */
export function journeySettingOf(type: NodeType | undefined): string | undefined {
  return Object.entries(type?.settings?.properties ?? {}).find(
    ([, { refers }]) => refers?.to === 'journey',
  )?.[0]
}

/** The outcomes of a type that don't depend on settings. */
export function fixedOutcomes(type: NodeType | undefined): readonly Outcome[] | undefined {
  return type?.outcomesFrom === 'fixed' && type.outcomes !== null ? type.outcomes : undefined
}

/** The CSS class that colours nodes of this family. */
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
