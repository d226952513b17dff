import { resource } from '../../crest/collection.ts'
import { realmSettingsSchema } from '../../realms/realm.ts'
import type { RealmStore } from '../../realms/realm-store.ts'
import { checkPreconditions, parseAttributes, refuseUnknownAttributes } from '../configuration-resource.ts'
import { type Answer, bodyObject, byAction, type Call, type Route } from '../route.ts'
import {
  authenticationDocument,
  authenticationSchema,
  withAuthentication,
} from './authentication-settings.ts'
import { requireDirectoryChange } from './directory-change.ts'
import { saveSettings } from './realm-services.ts'
import { mergedSettings, settingNames, settingsDocument, settingsSchema } from './realm-settings-document.ts'

type RealmSettingsDependencies = { realms: Pick<RealmStore, 'save'> }

/** What a realm decides: in one document of ours, and as far as AM has it in AM's. */
export function realmSettingsRoutes(from: RealmSettingsDependencies): Route[] {
  return [...authenticationRoutes(from), ...settingsRoutes(from)]
}

/** Members that we have no setting for are ignored. */
function authenticationRoutes({ realms }: RealmSettingsDependencies): Route[] {
  const path = 'realm-config/authentication'
  const access = 'realm'
  return [
    {
      method: 'GET',
      path,
      access,
      summary: 'Reads the authentication settings of the realm.',
      handle: ({ realm }) => resource(authenticationDocument(realm.settings)),
    },
    {
      method: 'PUT',
      path,
      access,
      summary: 'Changes the authentication settings of the realm; members that have no setting are ignored.',
      async handle(call) {
        const document = parseAttributes(authenticationSchema, bodyObject(call))
        const wanted = withAuthentication(call.realm.settings, document)
        return resource(authenticationDocument(await saveSettings(realms, call.realm, wanted)))
      },
    },
  ]
}

function settingsRoutes({ realms }: RealmSettingsDependencies): Route[] {
  const path = 'realm-config/settings'
  const access = 'realm'
  return [
    {
      method: 'GET',
      path,
      access,
      summary: 'Reads all settings of the realm.',
      handle: ({ realm }) => resource(settingsDocument(realm.settings)),
    },
    {
      method: 'PUT',
      path,
      access,
      summary: 'Changes settings of the realm; members that are left out stay, lists are replaced.',
      handle: (call) => put(realms, call),
    },
    {
      method: 'POST',
      path,
      access,
      summary: 'Describes the settings of a realm: `schema` for a form, `template` for the defaults.',
      handle: byAction({
        schema: () => ({ body: settingsSchema() }),
        template: () => ({ body: settingsDocument(realmSettingsSchema.parse({})) }),
      }),
    },
  ]
}

async function put(realms: RealmSettingsDependencies['realms'], call: Call): Promise<Answer> {
  const held = settingsDocument(call.realm.settings)
  checkPreconditions(call, held)
  const body = bodyObject(call)
  refuseUnknownAttributes(body, settingNames)
  const wanted = parseAttributes(realmSettingsSchema, mergedSettings(held, body))
  await requireDirectoryChange(call, wanted.directory)
  return resource(settingsDocument(await saveSettings(realms, call.realm, wanted)))
}
