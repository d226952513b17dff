import { plain } from '../messages/plain.ts'

/** A text of ours with foreign words in its places: strong, and apart from the direction of the rest. */
export function Filled({ text, values }: { text: string; values: Readonly<Record<string, string | null>> }) {
  return text.split(/(\{\w+\})/).map((part, place) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1]
    if (name === undefined) return part
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the places of one text never move
      <b key={place}>
        <bdi>{plain(values[name] ?? '', 120)}</bdi>
      </b>
    )
  })
}
