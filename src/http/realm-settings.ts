import { resource } from '../crest/collection.ts'
import type { RealmStore } from '../realms/realm-store.ts'
import {
  authenticationDocument,
  authenticationSchema,
  withAuthentication,
} from './authentication-settings.ts'
import { parseAttributes } from './configuration-resource.ts'
import { saveSettings } from './realm-services.ts'
import { bodyObject, type Route } from './route.ts'

/** What a realm decides for its journeys, in AM's document. Members that we have no setting for are ignored. */
export function realmSettingsRoutes({ realms }: { realms: Pick<RealmStore, 'save'> }): Route[] {
  const path = 'realm-config/authentication'
  const access = 'administrator'
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
