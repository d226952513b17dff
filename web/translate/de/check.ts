/** German: the check page, the list of checks and the timeline. These texts exist, and the other languages must have the same. */
export const check = {
  '{count} tries left': { one: 'Noch {count} Versuch', other: 'Noch {count} Versuche' },
} as const
