import { z } from 'zod'
import { localisedTextSchema } from '../base/locale.ts'
import { serverText } from '../base/server-texts.ts'

/** An action is shown to callers in one line, so its translations are as short. */
const translationsSchema = localisedTextSchema
  .refine(
    (texts) => Object.values(texts).every((text) => text.trim() !== '' && text.length <= 120),
    'must be texts of 1 to 120 characters by language',
  )
  .meta({ title: 'Texts', refers: { to: 'localisedText' } })

/** Translations of the actions that new realms and the samples offer. The keys are the actions themselves. */
const builtInTexts = byAction(serverText('actions'))

function byAction(texts: Readonly<Record<string, Readonly<Record<string, string>>>>) {
  const byAction: Record<string, Record<string, string>> = {}
  for (const [language, actions] of Object.entries(texts)) {
    for (const [action, text] of Object.entries(actions))
      byAction[action] = { ...byAction[action], [language]: text }
  }
  return byAction
}

export const actionTextsSchema = z
  .record(z.string().min(1).max(120).meta({ title: 'Action' }), translationsSchema)
  .refine((texts) => Object.keys(texts).length <= 50, 'must have at most 50 actions')
  .default(builtInTexts)
  .meta({
    title: 'Translations of the actions',
    description:
      'The actions in other languages, for callers. Agents, tools and the audit trail keep the action as it is listed above. Without a translation, callers read that, too.',
  })
