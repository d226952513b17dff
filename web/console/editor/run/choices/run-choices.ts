import * as z from 'zod/mini'
import { userAgentProblem } from '../../../../api/runs.ts'
import { devices } from './devices.ts'

/** Stands for a typed user agent or language in a list. */
export const other = 'other'

const text = z._default(z.string(), '')

/** Who and what a run is started as. Empty: as this browser is, or nobody in particular. */
export const runChoicesSchema = z.object({
  /** A language tag, such as `fr-CA`. */
  language: text,
  /** Id of a device, or `other` for the user agent. */
  device: text.check(z.refine((id) => id === '' || id === other || devices.some((each) => each.id === id))),
  userAgent: text,
  /** Username that pages ask for. */
  person: text,
})

export type RunChoices = z.infer<typeof runChoicesSchema>

export const noChoices: RunChoices = { language: '', device: '', userAgent: '', person: '' }

/** Undefined: the browser's own. */
export function userAgentOf({ device, userAgent }: RunChoices): string | undefined {
  if (device === other) return userAgent
  return devices.find(({ id }) => id === device)?.userAgent
}

/** The tag in its usual spelling; undefined if it is not one. AM also takes underscores. */
export function languageTag(typed: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(typed.trim().replaceAll('_', '-'))[0]
  } catch {
    return undefined
  }
}

/** The name of a language in itself, such as `français (Canada)`. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames([tag], { type: 'language', languageDisplay: 'standard' }).of(tag) ?? tag
  } catch {
    return tag
  }
}

/** What the fields must have before a run can start; empty if they are complete. */
export function problemsOf({ language, device, userAgent }: RunChoices): {
  language?: string
  userAgent?: string
} {
  const tag = language === '' ? language : languageTag(language)
  const problem = device === other ? userAgentProblem(userAgent) : undefined
  return {
    ...(tag === undefined && { language: 'A language tag, such as fr-CA' }),
    ...(problem !== undefined && {
      userAgent: userAgent === '' ? 'Enter a user agent' : `The user agent ${problem}`,
    }),
  }
}

/** The choices in words; undefined without one. */
export function choicesInWords({ language, device, userAgent, person }: RunChoices): string[] {
  const title = devices.find(({ id }) => id === device)?.title
  const agent = device === other ? userAgent : title
  return [...(person === '' ? [] : [person]), ...(language === '' ? [] : [languageName(language)])].concat(
    agent ?? [],
  )
}
