import { cleanText } from '../messages/clean-text.ts'

/** A text with untrusted values in its placeholders, in bold and isolated from the text's direction. */
export function FilledText({
  text,
  values,
}: {
  text: string
  values: Readonly<Record<string, string | null>>
}) {
  return text.split(/(\{\w+\})/).map((part, place) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1]
    if (name === undefined) return part
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never move
      <b key={place}>
        <bdi>{cleanText(values[name] ?? '', 120)}</bdi>
      </b>
    )
  })
}
