import { z } from 'zod'
import type { JsonCallback, JsonPage } from '../../walks/page.ts'
import type { Shown } from '../../walks/shown.ts'
import type { JourneyClient } from '../client/journey-client.ts'
import { TargetError } from './remote-server.ts'

/** Names of people in a walk, and on the server. */
export type Names = ReadonlyMap<string, string>

/**
 * A client that shows people under the names that they have in the walk, and sends those of the server.
 * @param onShown gets everything that the server shows.
 */
export function remoteClient(
  client: JourneyClient,
  names: Names,
  onShown: (shown: Shown) => void,
): JourneyClient {
  const back = new Map([...names].map(([inWalk, there]) => [there, inWalk]))
  let received: JsonPage | undefined
  const showing = async (work: Promise<Shown>): Promise<Shown> => {
    const shown = checked(await orNonsense(work))
    onShown(shown)
    received = shown.kind === 'page' ? shown.page : undefined
    return inWords(shown, back)
  }
  return {
    start({ journey, query, headers }) {
      const named = { query: renamed(query, names), headers: renamed(headers, names) }
      return showing(client.start({ journey, ...named }))
    },
    next: (page, query) => showing(client.next(sentPage(page, received, names), query)),
    resume: (url) => showing(client.resume(url)),
    submit: (url, form) => orNonsense(client.submit(url, form)),
  }
}

/** @throws TargetError if the answer can't be read. */
async function orNonsense<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work
  } catch (cause) {
    if (!(cause instanceof SyntaxError || cause instanceof z.ZodError)) throw cause
    throw new TargetError('The target does not answer as a journey server does', { cause })
  }
}

/** A success has at least one of these members. */
function checked(shown: Shown): Shown {
  if (shown.kind !== 'success') return shown
  const { token, successUrl, realm } = shown
  if (token === undefined && successUrl === undefined && realm === undefined) {
    throw new TargetError('The target does not answer as a journey server does')
  }
  return shown
}

/** The page as it was received, with the inputs of another one. */
function sentPage(page: JsonPage, received: JsonPage | undefined, names: Names): JsonPage {
  const copy = structuredClone(received ?? page)
  for (const [place, { input = [] }] of copy.callbacks.entries()) {
    for (const [index, each] of input.entries()) {
      each.value = valueWith(page.callbacks[place]?.input?.[index]?.value, names)
    }
  }
  return copy
}

function inWords(shown: Shown, back: Names): Shown {
  if (shown.kind === 'failure') return { ...shown, message: textWith(shown.message, back) }
  if (shown.kind === 'success') return shown
  const { header, description, callbacks } = shown.page
  const page: JsonPage = {
    ...shown.page,
    ...(header === undefined ? {} : { header: textWith(header, back) }),
    ...(description === undefined ? {} : { description: textWith(description, back) }),
    callbacks: callbacks.map((callback): JsonCallback => {
      const output = callback.output?.map(({ name, value }) => ({ name, value: textsWith(value, back) }))
      return { ...callback, ...(output === undefined ? {} : { output }) }
    }),
  }
  return { kind: 'page', page }
}

function textsWith(value: unknown, names: Names): unknown {
  if (typeof value === 'string') return textWith(value, names)
  return Array.isArray(value) ? value.map((one) => textsWith(one, names)) : value
}

/** Made-up names are unmistakable, also within texts. */
function textWith(text: string, names: Names): string {
  return [...names].reduce((rest, [from, to]) => (from === to ? rest : rest.replaceAll(from, to)), text)
}

/** Only whole values, because names of walks can be common words. */
function valueWith(value: unknown, names: Names): unknown {
  return typeof value === 'string' ? (names.get(value) ?? value) : value
}

function renamed(values: Readonly<Record<string, string>>, names: Names): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, names.get(value) ?? value]))
}
