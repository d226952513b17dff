import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Difference } from '../../api/versions.ts'
import { LineDiff } from './line-diff.tsx'

type Props = {
  differences: readonly Difference[]
  /** Whether changed lines are shown at once. */
  isOpen?: boolean
  /** Shows the node of a difference. */
  onReveal?: (difference: Difference) => void
}

/** Differences in words, with the changed lines of scripts and long texts. */
export function DifferenceList({ differences, isOpen = false, onReveal }: Props) {
  return (
    <ul className="differences stack text-note breaks">
      {differences.map((difference, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
        <Row key={at} difference={difference} isOpen={isOpen} onReveal={onReveal} />
      ))}
    </ul>
  )
}

type RowProps = Required<Pick<Props, 'isOpen'>> & { difference: Difference; onReveal: Props['onReveal'] }

function Row({ difference, isOpen, onReveal }: RowProps) {
  const [isShown, setShown] = useState(isOpen)
  const { words, lines, node } = difference
  const text = sentence(words)
  return (
    <li>
      {node !== undefined && onReveal !== undefined ? (
        <button
          type="button"
          className="reveal bare name-link ink-accent text-start"
          onClick={() => onReveal(difference)}
        >
          <bdi>{text}</bdi>
        </button>
      ) : (
        <bdi>{text}</bdi>
      )}
      {lines !== undefined && !isOpen && (
        <Button
          variant="subtle"
          size="compact-xs"
          aria-expanded={isShown}
          onClick={() => setShown((before) => !before)}
        >
          {isShown ? 'Hide lines' : 'Show lines'}
        </Button>
      )}
      {lines !== undefined && isShown && <LineDiff lines={lines} label={`Lines: ${text}`} />}
    </li>
  )
}

/** The server writes differences to follow a name: `added`, `+4 −1`. */
function sentence(words: string): string {
  if (/^[+−]/.test(words)) return `Lines ${words}`
  const isName = !/^(added|removed|renamed|starts|settings|script)\b/.test(words)
  return isName ? words : `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}`
}
