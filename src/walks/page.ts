import { z } from 'zod'

/** A page as the client received it. */
export type JsonPage = {
  authId: string
  stage?: string | undefined
  header?: string | undefined
  description?: string | undefined
  callbacks: JsonCallback[]
}

export type JsonCallback = {
  type: string
  output?: { name: string; value: unknown }[]
  input?: { name: string; value: unknown }[]
}

/** Loose objects keep further members, such as `_id`, which the server expects back. */
export const pageSchema = z.looseObject({
  authId: z.string(),
  callbacks: z.array(
    z.looseObject({
      type: z.string(),
      output: z.array(z.object({ name: z.string(), value: z.unknown() })).exactOptional(),
      input: z.array(z.object({ name: z.string(), value: z.unknown() })).exactOptional(),
    }),
  ),
})

/** An output of a callback; undefined if it has none with this name. */
export function outputOf(callback: JsonCallback, name: string): unknown {
  return callback.output?.find((each) => each.name === name)?.value
}

/** The text next to a callback. */
export function promptOf(callback: JsonCallback): string | undefined {
  const prompt = outputOf(callback, 'prompt') ?? outputOf(callback, 'message') ?? outputOf(callback, 'name')
  return typeof prompt === 'string' ? prompt : undefined
}

/** Everything on a page that a person can read, the types of its callbacks, and data for scripts as JSON. */
export function textsOf({ header, description, stage, callbacks }: JsonPage): string[] {
  const inCallbacks = callbacks.flatMap((callback) => [
    callback.type,
    ...(callback.output ?? []).flatMap(({ value }) => listed(value)),
  ])
  return [header, description, stage, ...inCallbacks].filter(
    (text) => text !== undefined && text !== '',
  ) as string[]
}

function listed(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.filter((each) => typeof each === 'string')
  return typeof value === 'object' && value !== null ? [JSON.stringify(value)] : []
}

/** Whether the text names one choice, and is neither a number nor a regular expression. */
export function isPlainChoice(text: unknown, texts: readonly unknown[]): text is string {
  return (
    typeof text === 'string' &&
    text !== '' &&
    !/^\d+$|^\/|\$\{/.test(text) &&
    texts.filter((each) => each === text).length === 1
  )
}
