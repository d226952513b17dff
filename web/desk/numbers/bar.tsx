/** A bar below a name. Hidden from screen readers, because the number is in the same row. @param part of the longest bar, 0 to 1. */
export function Bar({ part, tone = '' }: { part: number; tone?: string }) {
  return (
    <span className={`block above-1 bar ${tone}`} aria-hidden="true">
      <span className="fill" style={{ inlineSize: `${part * 100}%` }} />
    </span>
  )
}
