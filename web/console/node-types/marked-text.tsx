/** A text of the reference: `code` and **bold** are marked, everything else is plain. */
export function MarkedText({ text }: { text: string }) {
  const parts = text.split(/(`[^`]+`|\*\*[^*]+\*\*)/)
  return parts.map((part, at) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other identity
    if (part.startsWith('`')) return <code key={at}>{part.slice(1, -1)}</code>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other identity
    if (part.startsWith('**')) return <b key={at}>{part.slice(2, -2)}</b>
    return part
  })
}
