import { type Script, scriptSchema } from '../script.ts'
import type { ScriptStore } from '../script-store.ts'
import {
  configSource,
  decisionSource,
  deviceMatchSource,
  legacyDeviceMatchSource,
  moduleSource,
} from './decision-sources.ts'
import { appleSource, identitySource, managedUserSource, normalizationSource } from './profile-sources.ts'

type Row = Pick<Script, 'id' | 'name' | 'context' | 'source' | 'evaluatorVersion'>

const decision = 'AUTHENTICATION_TREE_DECISION_NODE'
const transformation = 'SOCIAL_IDP_PROFILE_TRANSFORMATION'
const legacy = '1.0'
const nextGeneration = '2.0'

/** Ids of the vendor's normalization scripts, by provider. LinkedIn has one for each API version: tools want different names. */
const normalizationIds: readonly (readonly [id: string, provider: string, suffix?: string])[] = [
  ['6b3cfd48-62d3-48ff-a96f-fe8f3a22ab30', 'Amazon'],
  ['bae1d54a-e97d-4997-aa5d-c027f21af82c', 'Facebook'],
  ['a7a78773-445b-4eca-bb93-409e86bced81', 'GitHub'],
  ['58d29080-4563-480b-89bb-1e7719776a21', 'Google'],
  ['1244e639-4a31-401d-ab61-d75133d8dc9e', 'Instagram'],
  ['3d97c436-42c0-4dd0-a571-ea6f34f752b3', 'Itsme'],
  ['60609c1a-4cef-4729-a417-354aafdebf3f', 'LINE'],
  ['8862ca8f-7770-4af5-a888-ac0df0947f36', 'LinkedIn', ' (Legacy)'],
  ['b4f3facb-c754-4e7f-b1c0-f4d46f592126', 'LinkedIn'],
  ['73cecbfc-dad0-4395-be6a-6858ee3a80e5', 'Microsoft'],
  ['312e951f-70c5-49d2-a9ae-93aef909d5df', 'Salesforce'],
  ['8e298710-b55e-4085-a464-88a375a4004b', 'Twitter'],
  ['403cf226-6051-4368-8b72-9ba14f9a5140', 'VKontakte'],
  ['472534ec-a25f-468d-a606-3fb1935190df', 'WeChat'],
  ['91d197de-5916-4dca-83b5-9a4df26e7159', 'WordPress'],
  ['424da748-82cc-4b54-be6f-82bd64d82a74', 'Yahoo'],
]

const rows: readonly Row[] = [
  ...normalizationIds.map(([id, provider, suffix = '']) => ({
    id,
    name: `${provider} Profile Normalization${suffix}`,
    context: transformation,
    evaluatorVersion: legacy,
    source: normalizationSource(provider),
  })),
  row('484e6246-dbc6-4288-97e6-54e55431402e', 'Apple Profile Normalization', transformation, appleSource),
  row(
    '58c824ae-84ed-4724-82cd-db128fc3f6c',
    'Normalized Profile to Managed User',
    transformation,
    managedUserSource,
  ),
  row(
    'ed685f9f-5909-4726-86e8-22bd38b47663',
    'Normalized Profile to Identity',
    transformation,
    identitySource,
  ),
  row(
    '1d475815-72cb-42eb-aafd-4026989d28a7',
    'Social Identity Provider Profile Transformation Script',
    transformation,
    '// A starting point: returns the profile as the provider sent it.\nrawProfile;\n',
  ),
  row(
    '01e1a3c0-038b-4c16-956a-6c9d89328cff',
    'Authentication Tree Decision Node Script',
    decision,
    decisionSource,
  ),
  {
    ...row(
      '11e1a3c0-038b-4c16-956a-6c9d89328cff',
      'Next Generation Scripted Decision Node Script',
      'SCRIPTED_DECISION_NODE',
      decisionSource,
    ),
    evaluatorVersion: nextGeneration,
  },
  row(
    '13e3f263-9cd3-4844-8d1c-040fd0dd02eb',
    'Device Profile Match Template - Decision Node Script',
    decision,
    legacyDeviceMatchSource,
  ),
  {
    ...row(
      '11e1a3c0-038b-4c16-956a-6c9d89328d00',
      'Next Generation Device Match Node Script',
      'DEVICE_MATCH_NODE',
      deviceMatchSource,
    ),
    evaluatorVersion: nextGeneration,
  },
  row(
    '5e854779-6ec1-4c39-aeba-0477e0986646',
    'Config Provider Node Script',
    'CONFIG_PROVIDER_NODE',
    configSource,
  ),
  row(
    '703dab1a-1921-4981-98dd-b8e5349d8548',
    'Device Id (Match) - Server Side',
    'AUTHENTICATION_SERVER_SIDE',
    moduleSource,
  ),
  row(
    '157298c0-7d31-4059-a95b-eeb08473b7e5',
    'Device Id (Match) - Client Side',
    'AUTHENTICATION_CLIENT_SIDE',
    moduleSource,
  ),
]

function row(id: string, name: string, context: string, source: string): Row {
  return { id, name, context, source, evaluatorVersion: legacy }
}

/** Scripts that every realm of AM has, by id. Journeys refer to them, and exports leave them out. */
export const builtInScripts: ReadonlyMap<string, Script> = new Map(
  rows.map((script) => [
    script.id,
    Object.freeze(scriptSchema.parse({ ...script, description: 'Built in', isDefault: true })),
  ]),
)

/** Ids of the vendor's default scripts of tokens, which add nothing to what the server does. Exports name them without their text. */
export const defaultTokenScripts: ReadonlySet<string> = new Set([
  '36863ffb-40ec-48b9-94b1-9a99f71cc3b5',
  '39c08084-1238-43e8-857f-2e11005eac49',
  'd22f9a0c-426a-4466-b95e-d0f125b0d5fa',
])

/** Whether this is the built-in script itself and not a realm's own version with the same id. */
export function isBuiltIn(script: Script): boolean {
  return builtInScripts.get(script.id) === script
}

/** Adds the built-in scripts that a realm has no version of. */
export function plusBuiltInScripts(own: readonly Script[]): Script[] {
  const ids = new Set(own.map(({ id }) => id))
  return [...own, ...[...builtInScripts.values()].filter(({ id }) => !ids.has(id))]
}

/** Adds the built-in scripts to every realm of a store. A realm's own version of a script takes precedence. */
export function withBuiltInScripts(stored: ScriptStore): ScriptStore {
  return {
    ...stored,
    all: async (realm) =>
      plusBuiltInScripts(await stored.all(realm)).toSorted((one, other) => (one.name < other.name ? -1 : 1)),
    read: async (realm, id) => (await stored.read(realm, id)) ?? builtInScripts.get(id),
  }
}
