import * as z from 'zod/mini'

const optionsSchema = z.array(
  z.object({
    displayType: z.optional(z.string()),
    showOnlyPositiveAnswer: z.optional(z.boolean()),
    confirmPassword: z.optional(z.boolean()),
  }),
)

const textSchema = z.optional(z.record(z.string(), z.string()))

const stageSchema = z.looseObject({ submitButtonText: textSchema, pageFooter: textSchema })

/** How one callback is to be laid out. */
export type LayoutOptions = z.infer<typeof optionsSchema>[number]

/** What a page wants beyond its callbacks. */
export type Stage = {
  /** The stage as the journey names it: of the vendor's names, we only need them as hints for what may be filled in. */
  name: string
  submitText: Readonly<Record<string, string>>
  footer: Readonly<Record<string, string>>
  /** @param occurrence counts the callbacks of a type in the step, from 0. */
  optionsOf(type: string, occurrence: number): LayoutOptions
}

/** Reads a stage. One with a brace is JSON, with a list of options by type of callback. */
export function readStage(stage: string | undefined): Stage {
  const read = stage?.includes('{') ? z.safeParse(stageSchema, jsonOf(stage)) : undefined
  const { submitButtonText = {}, pageFooter = {}, ...layouts } = read?.data ?? {}
  return {
    name: read?.success ? '' : (stage ?? ''),
    submitText: submitButtonText,
    footer: pageFooter,
    optionsOf(type, occurrence) {
      const options = Object.hasOwn(layouts, type) ? z.safeParse(optionsSchema, layouts[type]) : undefined
      return options?.data?.[occurrence] ?? {}
    },
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
