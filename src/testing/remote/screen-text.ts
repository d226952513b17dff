import type { JsonCallback } from '../../walks/page.ts'
import type { Shown } from '../../walks/shown.ts'

/** Outputs that people read. Others, such as scripts and challenges, differ from server to server. */
const readable: ReadonlySet<string> = new Set([
  'prompt',
  'message',
  'messageType',
  'choices',
  'options',
  'defaultChoice',
  'defaultOption',
  'predefinedQuestions',
  'name',
  'required',
  'policies',
])

/** A screen in parts that are the same on every server: without random values, addresses and times. */
export function screenParts(shown: Shown): string[] {
  if (shown.kind === 'failure') return [`failure "${steady(shown.message)}"`]
  if (shown.kind === 'success') {
    return [shown.successUrl === undefined ? 'success' : `success, to ${steady(shown.successUrl)}`]
  }
  const { stage, header, description, callbacks } = shown.page
  const head = Object.entries({ stage, header, description }).flatMap(([name, text]) =>
    text === undefined || text === '' ? [] : [`${name} ${steady(JSON.stringify(text))}`],
  )
  return [...head, ...callbacks.map(callbackText)]
}

const maxLength = 400

/** The parts of a screen that another one does not have. */
export function differingParts(one: readonly string[], other: readonly string[]): string {
  const own = one.filter((part) => !other.includes(part))
  const isPart = own.length < one.length || other.some((part) => !one.includes(part))
  const text = (isPart ? own : one).join(', ') || (one.length === 0 ? 'an empty page' : 'nothing more')
  return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text
}

function callbackText({ type, output = [] }: JsonCallback): string {
  const texts = output
    .filter(({ name, value }) => readable.has(name) && !isEmpty(value))
    .map(({ name, value }) => `${name} ${steady(JSON.stringify(value))}`)
    .toSorted()
  return texts.length === 0 ? type : `${type} (${texts.join(', ')})`
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || JSON.stringify(value) === '[]'
}

/** Replaces values that are new in each run. */
function steady(text: string): string {
  return text
    .replaceAll(/https?:\/\/[^\s"'<>/]+/g, 'https://…')
    .replaceAll(/[\w+=-]{24,}/g, '…')
    .replaceAll(/\d{4}-\d\d-\d\d[T ][\d:.]+Z?/g, '…')
    .replaceAll(/\d{4,}/g, '…')
}
