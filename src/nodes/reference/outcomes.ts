import { type AnyNodeType, outcomesOf } from '../../engine/node-type.ts'
import { sentence } from './sentence.ts'
import { derivedFrom } from './variants.ts'

/** An outcome, or `*` for any, with its label and the circumstances in Markdown. Both may be empty. */
export type OutcomeLine = { id: string; label: string; taken: string }

const nowhere = { typeNamed: () => undefined, child: () => undefined }

/** All outcomes that a type can have, with the settings on which they depend. */
export function outcomeLines(type: AnyNodeType): OutcomeLine[] {
  const meanings: Readonly<Record<string, string | undefined>> = type.reference?.outcomes ?? {}
  const labels = new Map<string, string>()
  const derived = derivedFrom(type, (settings) => {
    const offered = outcomesOf(type, settings, nowhere)
    for (const { id, displayName } of offered) if (!labels.has(id)) labels.set(id, displayName)
    return offered.map(({ id }) => id)
  })
  const lines = derived.map(({ text, condition, namedBy }) => {
    const meaning = namedBy ? `Each of **${namedBy.title}**.` : (meanings[text] ?? meaningInHelp(type, text))
    const notes = [meaning, condition && sentence(condition)].filter((note) => note !== undefined)
    return { id: text, label: namedBy ? '' : (labels.get(text) ?? ''), taken: notes.join(' ') }
  })
  return meanings['*'] === undefined ? lines : [...lines, { id: '*', label: '', taken: meanings['*'] }]
}

/** Most decisions say in their help when they take the outcome `true`. */
function meaningInHelp({ help }: AnyNodeType, outcome: string): string | undefined {
  const [, condition] =
    /(?:^|\. )(?:Leaves by|Takes the outcome) `true` (?:(?:when|if) )?(.+?\.)(?: |$)/.exec(help) ?? []
  if (condition === undefined) return undefined
  return { true: sentence(condition), false: 'Otherwise.' }[outcome]
}
