import { z } from 'zod'
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import { localisedTextSchema } from '../../base/locale.ts'
import type { RealmSettings } from '../realm.ts'
import { problemIn, type TenantSetting } from './tenant-setting.ts'

const termsDocument = z.object({
  active: z.string().nullable().exactOptional(),
  versions: z
    .array(
      z.object({
        version: z.string().min(1),
        createDate: z.string().exactOptional(),
        termsTranslations: localisedTextSchema.default({}),
      }),
    )
    .default([]),
})

const someTime = '1970-01-01T00:00:00.000Z'

/**
 * Terms and conditions: the active version is the realm's. An empty one asks nobody. Source: "Terms and conditions" of the
 * vendor's identity management.
 */
export const termsSetting: TenantSetting = {
  id: 'selfService.terms',
  title: 'Terms and conditions',
  apply(settings, document) {
    const parsed = termsDocument.safeParse(document)
    if (!parsed.success) return problemIn(parsed.error)
    const { active, versions } = parsed.data
    if (active === undefined) return { settings, ignored: [] }
    if (active === null || active === '') return { settings: withTerms(settings, null), ignored: [] }
    const found = versions.find(({ version }) => version === active)
    if (found === undefined) {
      const known = versions.map(({ version }) => version).join(', ')
      return { problem: `active: must be one of the versions (${known || 'there are none'})`, at: ['active'] }
    }
    const before = settings.selfService.terms
    const createDate = found.createDate ?? (before?.version === active ? before.createDate : someTime)
    const terms = { version: active, createDate, text: found.termsTranslations }
    return { settings: withTerms(settings, terms), ignored: [] }
  },
  write(document, { selfService: { terms } }) {
    if (terms === null) return { versions: [], ...document, active: '' }
    const { version, createDate, text: termsTranslations } = terms
    const versions = Array.isArray(document.versions) ? document.versions : []
    const isActive = (one: Json) => isJsonObject(one) && one.version === version
    const after = (one: Json): Json =>
      isJsonObject(one) && isActive(one) ? { ...one, createDate, termsTranslations } : one
    const added: JsonObject[] = versions.some(isActive) ? [] : [{ version, createDate, termsTranslations }]
    return { ...document, active: version, versions: [...versions.map(after), ...added] }
  },
}

function withTerms(settings: RealmSettings, terms: RealmSettings['selfService']['terms']): RealmSettings {
  return { ...settings, selfService: { ...settings.selfService, terms } }
}
