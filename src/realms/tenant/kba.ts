import { z } from 'zod'
import { localisedTextSchema } from '../../base/locale.ts'
import { selfServiceSchema } from '../self-service.ts'
import { problemIn, type TenantSetting } from './tenant-setting.ts'

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
export const kbaSetting: TenantSetting = {
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
