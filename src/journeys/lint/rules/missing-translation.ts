import { z } from 'zod'
import { bestMatch, type LocalisedText, localisedTextSchema } from '../../../base/locale.ts'
import { fieldsOf } from '../../../nodes/node-schema.ts'
import { type LintedNode, membersOf } from '../linted-journey.ts'
import type { Rule } from '../rule.ts'

type NodeText = { node: LintedNode; setting: string; text: LocalisedText }

export const missingTranslation: Rule = {
  id: 'missing-translation',
  severity: 'warning',
  what: 'A text of a node lacks a language that other texts of the journey have.',
  why: 'People who read that language see this text in English, or in the first language that it has.',
  remedy: 'Translate the text, or remove the language from the other texts.',
  check(journey) {
    const texts = membersOf(journey).flatMap(textsOf)
    const languages = languagesOf(texts.map(({ text }) => text))
    return texts.flatMap(({ node, setting, text }) => {
      const missing = languages.filter((language) => !isIn(text, language))
      if (missing.length === 0) return []
      const message = `Setting '${setting}' of '${node.name}' has no text in ${missing.join(', ')}.`
      return [{ nodeId: node.id, setting, message }]
    })
  },
}

/** The texts that a node's author wrote. Our sign-in page translates defaults itself. */
function textsOf(node: LintedNode): NodeText[] {
  if (node.nodeType === undefined) return []
  return Object.entries(fieldsOf(node.nodeType)).flatMap(([setting, field]) => {
    const refers = z.object({ to: z.literal('localisedText') }).safeParse(field.meta()?.refers)
    const read = localisedTextSchema.safeParse(node.config[setting])
    if (!refers.success || !read.success || isDefault(field, read.data)) return []
    const written = Object.entries(read.data).filter(([, text]) => text.trim() !== '')
    return written.length === 0 ? [] : [{ node, setting, text: Object.fromEntries(written) }]
  })
}

function isDefault(field: z.ZodType, text: LocalisedText): boolean {
  return field instanceof z.ZodDefault && JSON.stringify(field.def.defaultValue) === JSON.stringify(text)
}

/** The languages of a journey. A single text that is only in another language is a slip, and adds none. */
function languagesOf(texts: readonly LocalisedText[]): string[] {
  const all = new Set(texts.flatMap((text) => Object.keys(text)))
  return [...all].filter((language) => {
    const having = texts.filter((text) => Object.hasOwn(text, language))
    return having.length > 1 || having.some((text) => Object.keys(text).length > 1)
  })
}

/** Whether readers of a language get the text in it, or in a variant of it: `en` and `en-GB` count as each other. */
function isIn(text: LocalisedText, language: string): boolean {
  return (
    bestMatch(text, [language]) !== undefined ||
    bestMatch({ [language]: '' }, Object.keys(text)) !== undefined
  )
}
