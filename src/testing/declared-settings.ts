import { jsonObjectSchema } from '../base/json.ts'
import { unknownSettings } from '../journeys/compare/setting-titles.ts'

/** Settings of a realm in a project or a walk. A misspelt one would test the default in silence. */
export const declaredSettingsSchema = jsonObjectSchema.superRefine((settings, context) => {
  for (const { path, message } of unknownSettings(settings)) {
    context.addIssue({ code: 'custom', path: [...path], message })
  }
})
