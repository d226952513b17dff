import type { Json } from '../../../api/json.ts'

export type Option = { value: string; label: string }

/** What can be chosen, and what was chosen: that stays to be seen when it is not there any more. */
export function withCurrentOption(options: readonly Option[], value: Json | undefined): Option[] {
  const isKnown = options.some((option) => option.value === value)
  return typeof value !== 'string' || value === '' || isKnown
    ? [...options]
    : [...options, { value, label: `${value} (not there)` }]
}
