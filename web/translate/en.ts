import type { PluralForms, Text } from './translation.ts'

/** The English texts that depend on a number. The others are the keys themselves. */
export const plurals: Partial<Record<Text, PluralForms>> = {
  '{count} tries left': { one: 'One try left', other: '{count} tries left' },
  '{count} tries left.': { one: '1 try left.', other: '{count} tries left.' },
  '{count} minutes': { one: '1 minute', other: '{count} minutes' },
  '{count} hours': { one: '1 hour', other: '{count} hours' },
  'The check was not completed within {count} minutes. Nobody was verified.': {
    one: 'The check was not completed within 1 minute. Nobody was verified.',
    other: 'The check was not completed within {count} minutes. Nobody was verified.',
  },
  '{agents} are also checking {name}.': {
    one: '{agents} is also checking {name}.',
    other: '{agents} are also checking {name}.',
  },
  '{agents} are also checking the caller.': {
    one: '{agents} is also checking the caller.',
    other: '{agents} are also checking the caller.',
  },
}
