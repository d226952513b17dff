import { cleanText } from '../messages/clean-text.ts'
import { type Texts, useTexts } from './texts.tsx'

/**
 * A text with untrusted values in its placeholders, in bold and isolated from the text's direction. An agent without a name is called
 * so in the texts' words.
 */
export function FilledText({
  text,
  values,
}: {
  text: string
  values: Readonly<Record<string, string | null>>
}) {
  const texts = useTexts()
  return text.split(/(\{\w+\})/).map((part, place, parts) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1]
    if (name === undefined) return part
    const unnamed = name === 'agent' ? agentAfter(parts[place - 1], texts) : ''
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never move
      <b key={place}>
        <bdi>{cleanText(values[name] ?? unnamed, 120)}</bdi>
      </b>
    )
  })
}

/** A capital letter begins a sentence, and stands nowhere else. */
function agentAfter(before = '', { theAgent, theAgentInside }: Texts): string {
  return /(^|[.!?])\s*$/.test(before) ? theAgent : theAgentInside
}
