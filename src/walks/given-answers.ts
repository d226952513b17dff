import { z } from 'zod'
import { type JsonCallback, type JsonPage, promptOf } from './page.ts'

/** A callback that the client changed: its new inputs by the suffix of their names. */
export type GivenAnswer = { callback: JsonCallback; inputs: Readonly<Record<string, unknown>> }

const submittedSchema = z.looseObject({
  callbacks: z
    .array(
      z.looseObject({ input: z.array(z.looseObject({ name: z.string(), value: z.unknown() })).optional() }),
    )
    .default([]),
})

/** Types whose first choice is an answer, too. */
const choices: ReadonlySet<string> = new Set(['ChoiceCallback', 'ConfirmationCallback'])

/** What a client answered on a page. Some clients leave out callbacks without inputs. */
export function givenAnswers({ callbacks }: JsonPage, submitted: unknown): GivenAnswer[] {
  const parsed = submittedSchema.safeParse(submitted)
  const values = new Map(
    (parsed.data?.callbacks ?? []).flatMap(({ input = [] }) =>
      input.map(({ name, value }) => [name, value] as const),
    ),
  )
  // A waiting page comes back by itself with the choices that it has.
  const isWaiting = callbacks.some(({ type }) => type === 'PollingWaitCallback')
  return callbacks.flatMap((callback) => {
    const changed = (callback.input ?? []).filter(
      ({ name, value }) =>
        values.has(name) &&
        ((choices.has(callback.type) && !isWaiting) ||
          JSON.stringify(values.get(name)) !== JSON.stringify(value)),
    )
    if (changed.length === 0) return []
    const inputs = changed.map(({ name }) => [name.replace(/^IDToken\d+/, ''), values.get(name)])
    return [{ callback, inputs: Object.fromEntries(inputs) }]
  })
}

/** Whether two pages ask for the same. */
export function isSamePage(left: JsonPage, right: JsonPage): boolean {
  return shapeOf(left) === shapeOf(right)
}

function shapeOf({ stage, header, callbacks }: JsonPage): string {
  return JSON.stringify([
    stage,
    header,
    callbacks
      .filter(({ type }) => type !== 'TextOutputCallback')
      .map((callback) => [callback.type, promptOf(callback)]),
  ])
}
