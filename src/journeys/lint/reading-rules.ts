import type { RuleText } from './rule.ts'

/** Problems of files, which are found before their journeys are checked. */
export const readingRules = {
  unreadableFile: {
    id: 'unreadable-file',
    severity: 'error',
    what: 'A file is damaged, or is not an export.',
    why: 'Its journeys and scripts are not checked, and an import rejects it.',
    remedy: 'Correct the file at this line, or export it again.',
  },
  unreadableThing: {
    id: 'unreadable-thing',
    severity: 'error',
    what: 'A journey, node, script or other thing in a file is incomplete, or the file with its source is missing.',
    why: 'It is not checked, and an import leaves it out.',
    remedy: 'Correct the entry, or restore the file that it names.',
  },
  differentCopies: {
    id: 'different-copies',
    severity: 'error',
    what: 'Two files define the same thing with different content.',
    why: 'Only the first one is checked, and an import rejects them.',
    remedy: 'Remove one of the two, or make them the same.',
  },
  unusedAllowance: {
    id: 'unused-allowance',
    severity: 'warning',
    what: 'An allowance of `sidegate.yaml` matches no finding.',
    why: 'It would hide a later finding that nobody has looked at.',
    remedy: 'Remove it, or correct its names.',
  },
  noJourneys: {
    id: 'no-journeys',
    severity: 'error',
    what: 'The files contain no journeys, or none of the realm.',
    why: 'Nothing is checked.',
    remedy: 'Name files or folders that frodo, fr-config-manager, Amster or Sidegate exported.',
  },
} as const satisfies Record<string, RuleText>
