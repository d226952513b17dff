import './line-diff.css'
import type { ChangedLines } from '../../api/versions.ts'

const signs: Readonly<Record<string, { name: string; words: string }>> = {
  '+': { name: 'added', words: 'Added: ' },
  '-': { name: 'removed', words: 'Removed: ' },
}

/** Changed lines of a script or text, as in a unified diff. */
export function LineDiff({
  lines: { added, removed, hunks },
  label,
}: {
  lines: ChangedLines
  label: string
}) {
  if (hunks === undefined) {
    return (
      <p className="hint">
        Too much differs to show it by lines: {added} lines added, {removed} removed.
      </p>
    )
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls sideways, also by keyboard
    <section className="line-diff text-small mono" aria-label={label} tabIndex={0}>
      <table dir="ltr">
        <tbody>
          {hunks.flatMap((hunk, at) => [
            ...(at === 0 ? [] : [<Gap key={`gap ${hunk.before}`} />]),
            ...numbered(hunk).map((line) => (
              <Line key={`${line.before} ${line.after} ${line.sign}`} {...line} />
            )),
          ])}
        </tbody>
      </table>
    </section>
  )
}

type NumberedLine = { before: number | undefined; after: number | undefined; sign: string; text: string }

function Line({ before, after, sign, text }: NumberedLine) {
  const kind = signs[sign]
  return (
    <tr className={kind?.name}>
      <td className="line-number muted text-end">{before}</td>
      <td className="line-number muted text-end">{after}</td>
      <td>
        {kind !== undefined && <span className="spoken">{kind.words}</span>}
        <span className="sign" aria-hidden>
          {sign.replace('-', '−')}
        </span>
        <code>{text}</code>
      </td>
    </tr>
  )
}

function Gap() {
  return (
    <tr className="gap">
      <td className="muted text-center" colSpan={3}>
        …
      </td>
    </tr>
  )
}

type Hunk = NonNullable<ChangedLines['hunks']>[number]

/** Lines with their numbers before and after the change. */
function numbered({ before, after, lines }: Hunk): NumberedLine[] {
  let [old, now] = [before, after]
  return lines
    .filter((line) => !line.startsWith('\\'))
    .map((line) => {
      const [sign = ' ', text] = [line[0], line.slice(1)]
      return {
        before: sign === '+' ? undefined : old++,
        after: sign === '-' ? undefined : now++,
        sign,
        text,
      }
    })
}
