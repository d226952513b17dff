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

/** Layout options of one callback. */
export type LayoutOptions = z.infer<typeof optionsSchema>[number]

/** Options of a page node, which come in the step's `stage`. */
export type StageOptions = {
  /** The stage's name. Only used for autofill hints. */
  name: string
  submitText: Readonly<Record<string, string>>
  footer: Readonly<Record<string, string>>
  /** @param occurrence index among the step's callbacks of that type. */
  optionsOf(type: string, occurrence: number): LayoutOptions
}

/** A stage is a name, or JSON with a list of options for each callback type. */
export function readStage(stage: string | undefined): StageOptions {
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
