import type { Version, VersionedThing } from '../../api/versions.ts'
import { dateAndTime } from '../../check-model/times.ts'

export const kindTitles: Readonly<Record<Version['kind'], string>> = {
  journey: 'Journey',
  script: 'Script',
  customNodeType: 'Custom node',
  theme: 'Theme',
  emailTemplate: 'Email template',
  realmSettings: 'Realm settings',
}

export const versionKinds = Object.keys(kindTitles) as Version['kind'][]

const causes: Readonly<Record<Version['cause'], string>> = {
  existing: 'Stored before history was kept',
  save: 'Saved',
  import: 'Imported',
  restore: 'Restored',
  delete: 'Deleted',
}

/** How the version was made, and by whom: "Imported by Dana". */
export function howAndWho({ kind, cause, savedBy }: Pick<Version, 'kind' | 'cause' | 'savedBy'>): string {
  // Drafts have no versions.
  const how = kind === 'journey' && cause === 'save' ? 'Published' : causes[cause]
  return savedBy === null || savedBy === '' ? how : `${how} by ${savedBy}`
}

/** For menus and sentences: "28 Nov 2026, 11:40, saved by Dana". */
export function versionLabel({ savedAt, ...version }: Version): string {
  const how = howAndWho(version)
  return savedAt === null ? how : `${dateAndTime(savedAt)}, ${how[0]?.toLowerCase()}${how.slice(1)}`
}

/** The name of a thing in titles. */
export function thingTitle({ kind }: VersionedThing, name: string): string {
  return kind === 'realmSettings' ? 'the realm settings' : `“${name}”`
}
