import { isDeepStrictEqual } from 'node:util'
import { resource } from '../../crest/collection.ts'
import { messageChannels } from '../../outbox/message.ts'
import { type MessagingSettings, missingSecretOf } from '../../realms/messaging-settings.ts'
import { type RealmSettings, realmSettingsSchema } from '../../realms/realm.ts'
import type { RealmStore } from '../../realms/realm-store.ts'
import { withStoredSecrets } from '../../realms/sealed-realms.ts'
import { authenticationService } from '../../realms/services/authentication.ts'
import { currentService, withoutEffect } from '../../realms/services/service-setting.ts'
import {
  checkPreconditions,
  invalidAttribute,
  invalidAttributes,
  parseAttributes,
  refuseUnknownAttributes,
  withFindingsHeader,
} from '../configuration-resource.ts'
import { saveMarkOf } from '../journeys/save-mark.ts'
import { type Answer, bodyObject, byAction, type Call, type Route } from '../route.ts'
import { changeSettings } from './change-settings.ts'
import { changeSettingsAnd } from './change-settings-and.ts'
import { requireDirectoryChange } from './directory-change.ts'
import type { TenantSources } from './identity-management/change-tenant.ts'
import { authenticationToPreserve, preservedAuthentication } from './preserved-authentication.ts'
import { mergedSettings, settingNames, settingsDocument, settingsSchema } from './realm-settings-document.ts'
import { declaresStandIns, requireSameStandIns } from './stand-in-change.ts'

type RealmSettingsDependencies = TenantSources & {
  realms: Pick<RealmStore, 'all' | 'read' | 'replace'>
}

/** Realm settings, as Sidegate's own document and as AM's authentication settings. */
export function realmSettingsRoutes(from: RealmSettingsDependencies): Route[] {
  return [...authenticationRoutes(from), ...settingsRoutes(from)]
}

/** Unsupported members are stored and returned, so that a round trip loses nothing. */
function authenticationRoutes(from: RealmSettingsDependencies): Route[] {
  const { documents } = from
  const path = 'realm-config/authentication'
  const access = 'realm'
  const shown = async (realm: string, settings: RealmSettings) =>
    resource(currentService(authenticationService, await preservedAuthentication(documents, realm), settings))
  return [
    {
      method: 'GET',
      path,
      access,
      summary: 'Reads the authentication settings of the realm.',
      async handle({ realm }) {
        return shown(realm.path, realm.settings)
      },
    },
    {
      method: 'PUT',
      path,
      access,
      resource: { kind: 'realmSettings' },
      summary:
        'Changes the authentication settings of the realm; members without a setting here are stored and returned.',
      async handle(call) {
        const body = bodyObject(call)
        // A tool that sets the default journey sends its name without a section. It is never kept in this place.
        const { orgConfig, ...members } = body
        const { path } = call.realm
        const { settings } = await changeSettingsAnd(
          from,
          path,
          await saveMarkOf(call, from),
          async (now) => {
            const applied = authenticationService.apply(now, body)
            if ('error' in applied) throw invalidAttributes(applied.error)
            const toPreserve = await authenticationToPreserve(documents, path, members, applied.settings)
            return { settings: applied.settings, documents: toPreserve }
          },
        )
        const findings = withoutEffect(authenticationService, members, settings)
        return withFindingsHeader(await shown(path, settings), findings)
      },
    },
  ]
}

function settingsRoutes(from: RealmSettingsDependencies): Route[] {
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
      resource: { kind: 'realmSettings' },
      // rule S38: otherwise an old session declares a stand-in
      dangerous: { when: 'to declare stand-ins', is: declaresStandIns },
      summary: 'Changes settings of the realm; members that are left out stay, lists are replaced.',
      handle: (call) => put(from, call),
    },
    {
      method: 'POST',
      path,
      access,
      resource: { kind: 'realmSettings' },
      reads: ['schema', 'template'],
      summary: 'Describes the settings of a realm: `schema` for a form, `template` for the defaults.',
      handle: byAction({
        schema: () => ({ body: settingsSchema() }),
        template: () => ({ body: settingsDocument(realmSettingsSchema.parse({})) }),
      }),
    },
  ]
}

async function put(from: RealmSettingsDependencies, call: Call): Promise<Answer> {
  const change = async (settings: RealmSettings) => {
    const existing = settingsDocument(settings)
    checkPreconditions(call, existing)
    const body = bodyObject(call)
    refuseUnknownAttributes(body, settingNames)
    const parsed = parseAttributes(realmSettingsSchema, mergedSettings(existing, body))
    const requested = { ...parsed, messaging: withKeptSecrets(parsed.messaging, settings.messaging) }
    await requireDirectoryChange(call, requested.directory, settings)
    requireSameStandIns(call, settings, requested)
    return requested
  }
  const mark = await saveMarkOf(call, from)
  return resource(settingsDocument(await changeSettings(from.realms, call.realm, change, mark)))
}

/** @throws RequestError 400 for a changed gateway that moved without its secret, or has none although its provider needs one. */
function withKeptSecrets(requested: MessagingSettings, stored: MessagingSettings): MessagingSettings {
  const kept = withStoredSecrets(requested, stored)
  for (const channel of messageChannels) {
    const missing = missingSecretOf(kept[channel])
    if (missing === undefined || isDeepStrictEqual(kept[channel], stored[channel])) continue
    throw invalidAttribute('messaging', { [`messaging.${channel}.${missing}`]: 'must not be empty' })
  }
  return kept
}
