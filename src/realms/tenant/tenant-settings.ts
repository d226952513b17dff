import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { JsonObject } from '../../base/json.ts'
import { localisedTextSchema } from '../../base/locale.ts'
import { localesSchema } from '../people-settings.ts'
import type { RealmSettings } from '../realm.ts'
import { selfServiceSchema } from '../self-service.ts'
import { managedObjectSetting, managedObjectsSetting, userObjectOf } from './managed-objects.ts'
import { passwordPolicySetting } from './password-policy.ts'
import { problemIn, type TenantSetting } from './tenant-setting.ts'
import { termsSetting } from './terms.ts'

/**
 * What a configuration document of the vendor's identity management sets in a realm.
 * @param id as below `/openidm/config`, such as `selfservice.kba` or `fieldPolicy/alpha_user`.
 * @returns undefined for a document without settings in this realm.
 */
export function tenantSettingOf(id: string, realm: string): TenantSetting | undefined {
  const people = userObjectOf(realm)
  switch (id) {
    case 'selfservice.kba':
      return kbaSetting
    case 'selfservice.terms':
      return termsSetting
    case `fieldPolicy/${people}`:
      return passwordPolicySetting
    case `managed/${people}`:
      return managedObjectSetting(realm)
    case 'managed':
      return managedObjectsSetting(realm)
    default: {
      const [, locale] = /^uilocale\/(.+)$/.exec(id) ?? []
      return locale === undefined ? undefined : localeSetting(locale)
    }
  }
}

/**
 * A received document as the realm's settings are now: the same object if it already says so.
 * @returns undefined if the settings no longer have anything of it.
 */
export function currentDocument(
  setting: TenantSetting,
  document: JsonObject,
  settings: RealmSettings,
): JsonObject | undefined {
  const applied = setting.apply(settings, document)
  if ('problem' in applied) return document
  const written = setting.write(document, settings)
  return written !== undefined && isDeepStrictEqual(applied.settings, settings) ? document : written
}

const count = z.int().min(0).max(20)

const kbaDocument = z.object({
  kbaPropertyName: z.string().min(1).exactOptional(),
  minimumAnswersToDefine: count.exactOptional(),
  minimumAnswersToVerify: count.exactOptional(),
  numberOfAttemptsAllowed: z.int().min(0).nullable().exactOptional(),
  kbaAttemptsPropertyName: z.string().min(1).nullable().exactOptional(),
  questions: z.record(z.string(), localisedTextSchema).exactOptional(),
})

/** Security questions. Source: "Security questions" of the vendor's identity management. */
const kbaSetting: TenantSetting = {
  id: 'selfService.kba',
  title: 'Security questions',
  apply(settings, document) {
    const parsed = kbaDocument.safeParse(document)
    if (!parsed.success) return problemIn(parsed.error)
    const selfService = selfServiceSchema.parse({
      ...settings.selfService,
      kba: { ...settings.selfService.kba, ...parsed.data },
    })
    return { settings: { ...settings, selfService }, ignored: [] }
  },
  write: (document, { selfService }) => ({ ...document, ...selfService.kba }),
}

/** The translation of pages to one language, which the realm then offers. Its texts have no meaning here. */
function localeSetting(locale: string): TenantSetting {
  const isThis = (offered: string) => spelled(offered) === spelled(locale)
  return {
    id: `locales.${locale}`,
    title: `Language ${locale}`,
    apply(settings) {
      const { locales } = settings
      if (locales.offered.some(isThis)) return { settings, ignored: [] }
      const parsed = localesSchema.safeParse({ ...locales, offered: [...locales.offered, locale] })
      return parsed.success
        ? { settings: { ...settings, locales: parsed.data }, ignored: [] }
        : { ...problemIn(parsed.error), at: [] }
    },
    write: (document, { locales }) => (locales.offered.some(isThis) ? document : undefined),
  }
}

function spelled(locale: string): string {
  return locale.toLowerCase().replaceAll('_', '-')
}
