import { resource } from '../../../crest/collection.ts'
import { helpDeskSchema } from '../../../realms/help-desk-settings.ts'
import type { RealmSettings } from '../../../realms/realm.ts'
import type { RealmStore } from '../../../realms/realm-store.ts'
import { parseAttributes, refuseUnknownAttributes } from '../../configuration-resource.ts'
import { type MarkSources, saveMarkOf } from '../../journeys/save-mark.ts'
import { changeSettings } from '../../realms/change-settings.ts'
import { refuseUnlistedActions } from '../../realms/unlisted-actions.ts'
import { bodyObject, type Route } from '../../route.ts'

type HelpDeskDependencies = MarkSources & { realms: Pick<RealmStore, 'read' | 'replace'> }

/** The help desk settings of a realm. Not in AM. */
export function helpDeskSettingsRoutes(from: HelpDeskDependencies): Route[] {
  const path = 'realm-config/help-desk'
  const access = 'realm'
  return [
    {
      method: 'GET',
      path,
      access,
      summary: 'Reads the help desk settings of the realm: organisation, checks, actions, fields, email.',
      handle: ({ realm }) => resource({ _id: '', ...realm.settings.helpDesk }),
    },
    {
      method: 'PUT',
      path,
      access,
      resource: { kind: 'realmSettings' },
      summary: 'Changes help desk settings of the realm; members that are left out stay.',
      async handle(call) {
        const body = bodyObject(call)
        refuseUnknownAttributes(body, Object.keys(helpDeskSchema.shape))
        const change = (settings: RealmSettings) => {
          const helpDesk = parseAttributes(helpDeskSchema, { ...settings.helpDesk, ...body })
          refuseUnlistedActions(settings.helpDesk, helpDesk)
          return { ...settings, helpDesk }
        }
        const mark = await saveMarkOf(call, from)
        const saved = await changeSettings(from.realms, call.realm, change, mark)
        return resource({ _id: '', ...saved.helpDesk })
      },
    },
  ]
}
