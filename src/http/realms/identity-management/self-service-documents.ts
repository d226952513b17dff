import { z } from 'zod'
import { isJsonObject, type JsonObject } from '../../../engine/json.ts'
import { selfServiceSchema } from '../../../realms/self-service.ts'
import { invalidAttribute, parseAttributes } from '../../configuration-resource.ts'
import type { ConfigurationDocument } from './configuration-document.ts'

const { terms: termsSchema, kba: kbaSchema } = selfServiceSchema.shape

/** `selfservice.kba`: security questions. Members that are left out keep their values. Source: "Security questions". */
export const questionsDocument: ConfigurationDocument = {
  show: ({ selfService }, kept) => ({ ...kept, ...selfService.kba }),
  apply: (settings, body) => ({
    ...settings,
    selfService: {
      ...settings.selfService,
      kba: parseAttributes(kbaSchema, { ...settings.selfService.kba, ...body }),
    },
  }),
}

const termsBodySchema = z.looseObject({
  active: z.string(),
  versions: z.array(
    z.looseObject({ version: z.string(), createDate: z.string(), termsTranslations: z.unknown() }),
  ),
})

/** `selfservice.terms`: people accept the active version; the others are kept. Source: "Terms and conditions". */
export const termsDocument: ConfigurationDocument = {
  show({ selfService: { terms } }, kept) {
    const versions = Array.isArray(kept.versions) ? kept.versions.filter(isJsonObject) : []
    if (terms === null) return { ...kept, active: '', versions }
    const { version, createDate, text } = terms
    const active: JsonObject = { version, createDate, termsTranslations: text }
    const isThere = versions.some((one) => one.version === version)
    return {
      ...kept,
      active: version,
      versions: isThere
        ? versions.map((one) => (one.version === version ? { ...one, ...active } : one))
        : [...versions, active],
    }
  },
  apply(settings, body) {
    const { active, versions } = parseAttributes(termsBodySchema, body)
    const found = versions.find(({ version }) => version === active)
    if (active !== '' && found === undefined)
      throw invalidAttribute('active', { active: 'must be the version of one of the versions' })
    const terms =
      found === undefined
        ? null
        : parseAttributes(termsSchema, {
            version: found.version,
            createDate: found.createDate,
            text: found.termsTranslations,
          })
    return { ...settings, selfService: { ...settings.selfService, terms } }
  },
}
