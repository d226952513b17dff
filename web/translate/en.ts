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
  'The link works for {count} minutes.': {
    one: 'The link works for 1 minute.',
    other: 'The link works for {count} minutes.',
  },
  '{count} people found.': { one: '1 person found.', other: '{count} people found.' },
  '{names} check this person, too': {
    one: '{names} checks this person, too',
    other: '{names} check this person, too',
  },
  '{count} wrong codes': { one: '1 wrong code', other: '{count} wrong codes' },
  '{count} failed sign-ins': { one: '1 failed sign-in', other: '{count} failed sign-ins' },
  '{count} denials in {span}.': { one: '1 denial in {span}.', other: '{count} denials in {span}.' },
  '{count} failures in {span}.': { one: '1 failure in {span}.', other: '{count} failures in {span}.' },
  '{person} was checked {count} times in {span}.': {
    one: '{person} was checked once in {span}.',
    other: '{person} was checked {count} times in {span}.',
  },
  '{count} checks in 24 hours': { one: '1 check in 24 hours', other: '{count} checks in 24 hours' },
}
