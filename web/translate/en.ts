import type { PluralForms, Text } from './translation.ts'

/** The English texts that depend on a number. The others are the keys themselves. */
export const plurals: Partial<Record<Text, PluralForms>> = {
  '{count} tries left': { one: 'One try left', other: '{count} tries left' },
}
